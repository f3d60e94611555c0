import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';

export type LaneState = {
  lane: number;
  kind: 'live' | 'import';
  leasedBy: string;
  /** ISO text. */
  leasedAt: string;
  /** The last batch it committed, and the last that was rolled up. */
  head: number;
  rolledUpTo: number;
};

export type Pipeline = {
  lanes: LaneState[];
  partitions: { table: string; partitions: number; oldest: string; newest: string }[];
};

/** Where the views are between their senders and the charts. */
export async function pipeline(db: Db): Promise<Pipeline> {
  const lanes = await db.execute<LaneState>(sql`
    select h.lane::int as lane, h.kind, h.leased_by as "leasedBy",
      to_char(h.leased_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "leasedAt",
      h.batch::float8 as head, coalesce(c.batch, 0)::float8 as "rolledUpTo"
    from ingest_lanes h left join rollup_cursors c using (lane)
    order by h.lane`);
  const partitions = await db.execute<Pipeline['partitions'][number]>(sql`
    select p.relname as "table", count(*)::int as partitions, right(min(c.relname), 8) as oldest, right(max(c.relname), 8) as newest
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
    where p.relkind = 'p' and p.relnamespace = 'public'::regnamespace
    group by 1
    order by 1`);
  return { lanes: [...lanes], partitions: [...partitions] };
}
