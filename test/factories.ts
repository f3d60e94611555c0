// Short ways to say what a test is about; everything goes in through the real door.
import { randomUUID } from 'node:crypto';
import { type KeyDirectory, openKeyDirectory } from '#accounts/key-directory.ts';
import type { Sql } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import type { ChannelId, VideoId } from '#db/schema.ts';
import { openFirstViews } from '#ingest/first-views.ts';
import type { LogView } from '#ingest/flush.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { openScreening } from '#ingest/open-screening.ts';
import type { Ingest } from '#ingest/record-views.ts';
import { Recorder, type RecorderOptions } from '#ingest/recorder.ts';
import type { Sender } from '#ingest/sender.ts';
import { openVideoDirectory } from '#ingest/video-directory.ts';
import { mintViewId } from '#ingest/view-id.ts';
import { tick } from '#rollups/tick.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

export const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

export const person: Sender = {
  address: '203.0.113.7',
  userAgent: chrome,
  origin: undefined,
  isOwnPage: false,
  hasPrivacySignal: false,
};
export const bot: Sender = { ...person, userAgent: 'Googlebot/2.1 (+http://www.google.com/bot.html)' };

/** A channel with videos of these keys; returns their ids by key. */
export async function makeVideos(sql: Sql, keys: string[], handle = 'harbour'): Promise<Map<string, VideoId>> {
  const [channel] = await sql<[{ id: string }]>`
    insert into channels (handle, name) values (${handle}, ${handle}) returning id`;
  const rows = await sql<{ key: string; id: string }[]>`
    insert into videos (key, channel_id, title) select key, ${channel.id}, 'Video ' || key from unnest(${keys}::text[]) key
    returning key, id`;
  return new Map(rows.map(({ key, id }) => [key, Number(id) as VideoId]));
}

export async function channelIdOf(sql: Sql, handle: string): Promise<ChannelId> {
  const [row] = await sql<[{ id: string }]>`select id from channels where handle = ${handle}`;
  return Number(row.id) as ChannelId;
}

/** A database whose log takes views of the video `tide` at `now`. */
export async function openLog(now: number): Promise<{ database: TestDatabase; tide: VideoId }> {
  const database = await freshDatabase();
  const tide = (await makeVideos(database.sql, ['tide'])).get('tide') as VideoId;
  await ensureLivePartitions(database.sql, new Date(now));
  return { database, tide };
}

export type TestIngest = Ingest & { keys: KeyDirectory; close(): Promise<void> };

/** The ingest of one process. Its clock stands at `now` until the test moves it. */
export async function openIngest(
  { url, sql }: TestDatabase,
  clock: () => number,
  options: RecorderOptions = {},
): Promise<TestIngest> {
  await ensureLivePartitions(sql, new Date(clock()));
  const recorder = new Recorder(url, options);
  const [videos, firstViews] = [await openVideoDirectory(sql), await openFirstViews(sql)];
  const ingest = { videos, firstViews, ...openScreening(sql), recorder, clock };
  return { ...ingest, keys: await openKeyDirectory(sql), close: () => recorder.close() };
}

/** A view as a player sends it, started at `at` (milliseconds or ISO text). */
export function viewOf(video: string, at: number | string, more: Record<string, unknown> = {}) {
  const startedAt = typeof at === 'string' ? Date.parse(at) : at;
  return { id: mintViewId(startedAt), video, device: randomUUID(), page: 'https://example.com/watch', ...more };
}

/** A view as the log keeps it, for tests of what comes after screening. */
export function logView(videoId: VideoId, viewedAt: number, more: Partial<LogView> = {}): LogView {
  const times = { id: mintViewId(viewedAt), videoId, viewedAt, receivedAt: viewedAt, viewer: randomUUID() };
  const unknown = { isMuted: false, bot: null, country: null, device: null, browser: null, os: null };
  return { ...times, ...unknown, site: 'example.com', referrer: null, ...more };
}

/** Ticks until the aggregates hold everything that was acknowledged. */
export async function rollUp(sql: Sql, now: Date | number | string, timeZone: ReportingZone = 'UTC'): Promise<void> {
  while (true) {
    const result = await tick(sql, new Date(now), timeZone);
    if (result.status === 'done' && result.isComplete) return;
  }
}
