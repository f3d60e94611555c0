import type { Sql } from '#db/client.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import type { TestDatabase } from './database.ts';
import { bot, openIngest, person, rollUp, viewOf } from './factories.ts';

/** A video's views at one moment (ISO text); of one person unless told. */
export type RecordedViews = { video: string; at: string; people?: number; bots?: number };

/** Records views in the order given, each while the clock stands at its moment, and rolls them up at `now`. */
export async function recordAt(
  database: TestDatabase,
  entries: RecordedViews[],
  now: string,
  timeZone = 'UTC',
): Promise<void> {
  let clock = Date.parse(now);
  const ingest = await openIngest(database, () => clock);
  try {
    for (const { video, at, bots = 0, people = bots > 0 ? 0 : 1 } of entries) {
      clock = Date.parse(at);
      await ensureLivePartitions(database.sql, new Date(clock));
      for (const [n, some] of views(video, at, people).entries()) {
        await mustCount(await recordViews(ingest, some, { ...person, address: `203.0.113.${7 + n}` }));
      }
      for (const some of views(video, at, bots)) await mustCount(await recordViews(ingest, some, bot));
    }
  } finally {
    await ingest.close();
  }
  await rollUp(database.sql, now, timeZone);
}

/** A further channel with videos of its own titles and times. */
export async function makeTitled(
  sql: Sql,
  handle: string,
  videos: { key: string; title: string; publishedAt?: string }[],
): Promise<void> {
  const [channel] = await sql<[{ id: string }]>`
    insert into channels (handle, name) values (${handle}, ${`The ${handle}`}) returning id`;
  for (const { key, title, publishedAt = '2026-01-01T00:00:00Z' } of videos) {
    await sql`
      insert into videos (key, channel_id, title, published_at)
      values (${key}, ${channel.id}, ${title}, ${publishedAt}::text::timestamptz)`;
  }
}

// From one address more would be too fast for people.
const mostOfAddress = 600;

/** As many as may come from one address, and so on. */
function views(video: string, at: string, count: number) {
  const addresses = Math.ceil(count / mostOfAddress);
  return Array.from({ length: addresses }, (_, n) =>
    Array.from({ length: Math.min(mostOfAddress, count - n * mostOfAddress) }, () => viewOf(video, at)),
  );
}

function mustCount(results: { status: string }[]): void {
  const refused = results.find(({ status }) => status !== 'counted');
  if (refused) throw new Error(`A view of a test was not counted: ${JSON.stringify(refused)}`);
}
