import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { viewIdOf } from '#ingest/view-id.ts';
import { heldVerdicts, isHeldBot } from './held-verdict.ts';
import { readWithin } from './read-within.ts';
import { inSnapshot } from './snapshot.ts';

/** The newest view that counts for a video, of what was merged into it too: when it came, ISO, and from which site; null where it named none. */
export type Arrival = { receivedAt: string; site: string | null; isBot: boolean };

// A page waits for it.
const budgetMs = 500;

/**
 * The newest view by the aggregates: the log is read in that one minute, backwards, for one row. Undefined if there was
 * none within the two days that minutes are kept, or its row is not found in time.
 */
export function latestArrival(db: Db, video: VideoId): Promise<Arrival | undefined> {
  return inSnapshot(db, async (snapshot) => {
    const [latest] = await snapshot.execute<{ minute: string | null }>(sql`
      select to_char(max(minute) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as minute
      from video_minutes where video_id = ${video}`);
    const from = latest?.minute;
    if (!from) return undefined;
    const to = new Date(Date.parse(from) + 60_000).toISOString();
    const firstId = (at: string) => viewIdOf(Date.parse(at), '0'.repeat(20));
    const found = await readWithin(snapshot, budgetMs, (reader) =>
      reader.execute<Arrival>(sql`
        select to_char(v.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt", v.site, ${isHeldBot} as "isBot"
        from video_views v ${heldVerdicts}
        where v.viewed_at >= ${from}::timestamptz and v.viewed_at < ${to}::timestamptz
          and v.id >= ${firstId(from)}::uuid and v.id < ${firstId(to)}::uuid
          and v.video_id in (select id from videos where id = ${video} or merged_into = ${video})
        order by v.id desc limit 1`),
    );
    return found?.[0];
  });
}
