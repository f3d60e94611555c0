import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';

export type ZoneChangeRow = {
  fromZone: string;
  toZone: string;
  /** Views before it stay in days of the zones before, as ISO text; null: none do. */
  cutAt: string | null;
  changedAt: string;
};

/** The changes of the reporting zone, the latest first. */
export async function zoneChanges(db: Db): Promise<ZoneChangeRow[]> {
  const iso = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);
  return db.execute<ZoneChangeRow>(sql`
    select from_zone as "fromZone", to_zone as "toZone", ${iso('cut_at')} as "cutAt", ${iso('changed_at')} as "changedAt"
    from zone_changes order by id desc`);
}
