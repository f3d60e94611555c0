// Everything the demo shows before the first live view: channels, videos, and a past that ends now.
import { createChannel } from '#channels/create-channel.ts';
import { findChannel } from '#channels/find-channel.ts';
import type { Sql } from '#db/client.ts';
import { dayMs } from '#db/day.ts';
import type { ChannelId, VideoId } from '#db/schema.ts';
import type { BulkLog } from '#ingest/import/bulk-log.ts';
import { createVideos } from '#videos/create-videos.ts';
import { type Audience, openAudience } from './audience.ts';
import { channels, historyDays, hitKey, hitViews, otherViews, videos } from './catalogue.ts';
import { type PlannedHour, planGap, planHistory, plannedViews } from './plan-history.ts';
import { writeHistory } from './write-history.ts';

export type DemoDoors = {
  sql: Sql;
  log: BulkLog;
  timeZone: string;
  /** Milliseconds since the epoch. */
  now: number;
  signal: AbortSignal;
  onStart: (title: string, views: number) => void;
  onProgress: (written: number) => void;
};

/** Makes the past on the first start, and on later ones what happened since. Resolves to when the first start was. */
export async function prepareData(doors: DemoDoors): Promise<number> {
  const { sql, timeZone, now } = doors;
  const startedAt = (await firstStart(sql)) ?? now;
  const ids = await makeVideos(sql, startedAt);
  const audience = openAudience(startedAt, timeZone);
  const { title, plan } = await planFor(sql, audience, [...ids.values()], startedAt, now);
  doors.onStart(title, plannedViews(plan));
  await writeHistory(plan, { ...doors, ids });
  return startedAt;
}

async function planFor(
  sql: Sql,
  audience: Audience,
  ids: VideoId[],
  startedAt: number,
  now: number,
): Promise<{ title: string; plan: PlannedHour[] }> {
  const [found] = await sql<[{ past: number; last: number }]>`
    select count(*) filter (where viewed_at <= ${new Date(startedAt).toISOString()}::text::timestamptz)::int as past,
      coalesce(extract(epoch from max(viewed_at)) * 1000, 0)::float8 as last
    from video_views where video_id = any(${ids}::bigint[])`;
  // One that was broken off is made again: what is there already has the same ids.
  if (found.past < hitViews + otherViews) {
    const plan = planHistory(audience, audience.firstHour, startedAt, hitViews, otherViews);
    return { title: 'Making thirteen months of views', plan };
  }
  return { title: 'Making the views since the last time', plan: planGap(audience, found.last + 1, now) };
}

/** The first channel was made when the history began, so it tells when the demo was first started. */
async function firstStart(sql: Sql): Promise<number | undefined> {
  const handle = channels[0]?.handle ?? '';
  const [row] = await sql<{ made: number }[]>`
    select (extract(epoch from created_at) * 1000)::float8 as made from channels where handle = ${handle}`;
  return row && row.made + historyDays * dayMs;
}

async function makeVideos(sql: Sql, startedAt: number): Promise<Map<string, VideoId>> {
  for (const { handle, name } of channels) {
    const channel = await makeChannel(sql, handle, name, startedAt);
    const missing = videos.filter((video) => video.channel === handle);
    await createVideos(
      sql,
      channel,
      missing.map(({ key, title, seconds, publishedDaysAgo }) => ({
        key,
        title,
        durationSeconds: seconds,
        sourceUrl: '/clip.webm',
        publishedAt: new Date(startedAt - publishedDaysAgo * dayMs).toISOString(),
      })),
    );
  }
  const rows = await sql<{ key: string; id: string }[]>`
    select key, id::text as id from videos where key = any(${videos.map(({ key }) => key)}::text[])`;
  return new Map(rows.map(({ key, id }) => [key, Number(id) as VideoId]));
}

async function makeChannel(sql: Sql, handle: string, name: string, startedAt: number): Promise<ChannelId> {
  const createdAt = new Date(startedAt - historyDays * dayMs).toISOString();
  const id = (await createChannel(sql, { handle, name, createdAt })) ?? (await findChannel(sql, handle));
  if (!id) throw new Error(`The channel ${handle} could not be made.`);
  return id;
}

/** Where to look first. */
export const pathOfHit = `/videos/${hitKey}`;
