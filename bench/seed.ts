// Makes a past to be measured: videos, a log with the audience of Zipf's law, and the aggregates of it. Straight into the
// tables, where the doors would take hours; the aggregates are the repair's own, so they are what a tick would have made.
import type { Sql } from '#db/client.ts';
import { dayMs, shiftDay, utcDay } from '#db/day.ts';
import { ensureWritablePartitions } from '#ingest/log-partitions.ts';
import { ensureAggregatePartitions } from '#rollups/aggregate-partitions.ts';
import { grainsOfTheDay } from '#rollups/close-day.ts';
import { dayOf } from '#rollups/day-bounds.ts';
import { proveDay, repairDay } from '#rollups/day-proof.ts';
import { rebuildMonth, rebuildTotals } from '#rollups/rebuild-sums.ts';

const viewsPerBatch = 2_000;
const lane = 1;

/** `count` videos v1, v2, … of which the first `inFirst` are of channel 1, the next `inFirst` of channel 2, and so on. */
export async function seedVideos(sql: Sql, count: number, inFirst: number): Promise<void> {
  await sql`
    insert into channels (handle, name)
    select 'channel-' || n, 'Channel ' || n from generate_series(1, ${Math.ceil(count / inFirst)}::int) n`;
  await sql`
    insert into videos (key, channel_id, title)
    select 'v' || n, 1 + (n - 1) / ${inFirst}::int, 'Video ' || n || ' of channel ' || 1 + (n - 1) / ${inFirst}::int
    from generate_series(1, ${count}::int) n`;
}

export type SeededViews = {
  /** How many; spread evenly over [from, to), milliseconds. */
  views: number;
  from: number;
  to: number;
  /** Of the videos with the ids up to it; the n-th is seen in proportion to 1/n. */
  videos: number;
};

/** Adds views to the log, in order of time and in batches as ingest would have written them. One in fifty is a bot's. */
export async function seedLog(sql: Sql, { views, from, to, videos }: SeededViews): Promise<void> {
  const days = daysOf(from, to);
  await ensureWritablePartitions(sql, days, new Date());
  const [{ last }] = await sql<[{ last: number }]>`select coalesce(max(batch), 0)::float8 as last from ingest_lanes`;
  const spacing = (to - from) / views;
  await sql.begin(async (tx) => {
    // Videos that are there need not be looked up five million times.
    await tx`set local session_replication_role = replica`;
    await tx`insert into labels (label) values ('desktop'), ('Chrome'), ('Windows') on conflict do nothing`;
    for (const day of days) {
      const [dayFrom, dayTo] = [Math.max(from, Date.parse(day)), Math.min(to, Date.parse(day) + dayMs)];
      const [first, end] = [Math.ceil((dayFrom - from) / spacing), Math.ceil((dayTo - from) / spacing)];
      await tx`
        insert into video_views (id, viewer, video_id, viewed_at, received_at, batch, lane, device, browser, os, is_muted, bot, site)
        select (lpad(to_hex(ms), 12, '0') || '7' || substr(digits, 1, 3) || '8' || substr(digits, 4, 15))::uuid,
          md5((random() * 1e6)::int::text)::uuid, least(${videos}::int, floor(${videos}::int ^ random()))::bigint,
          to_timestamp(ms / 1000.0), to_timestamp(ms / 1000.0), ${last + 1}::bigint + n / ${viewsPerBatch}::int, ${lane}::smallint,
          1, 2, 3, false, case when random() < 0.02 then 'declared_bot' end, 'example.com'
        from (
          select n, (${from}::float8 + n * ${spacing}::float8)::bigint as ms, md5(random()::text || n) as digits
          from generate_series(${first}::int, ${end - 1}::int) n
        ) numbered`;
    }
    const head = last + 1 + Math.floor((views - 1) / viewsPerBatch);
    await tx`
      insert into ingest_lanes (lane, kind, batch, leased_by, leased_at) values (${lane}, 'live', ${head}, 'bench', now())
      on conflict (lane) do update set batch = excluded.batch`;
    await tx`
      insert into rollup_cursors (lane, batch, complete_to) values (${lane}, ${head}, now())
      on conflict (lane) do update set batch = excluded.batch, complete_to = excluded.complete_to`;
    await tx`select setval('view_batches', ${head})`;
  });
  await sql`vacuum analyze video_views`;
  // What was written here is on the disk before anything is measured.
  await sql`checkpoint`;
}

/** Brings the aggregates of these days to what the log says. `session` has one connection, in UTC as reporting zone. */
export async function seedAggregates(session: Sql, from: number, to: number): Promise<void> {
  const days = daysOf(from, to);
  const now = new Date();
  await ensureAggregatePartitions(session, days, now);
  for (const date of days) {
    const day = await dayOf(session, date, 'UTC');
    await proveDay(session, day, now, { only: grainsOfTheDay });
    await session.begin((tx) => repairDay(tx, day, now));
  }
  // Sums once at the end instead of once a day.
  for (const month of new Set(days.map((date) => `${date.slice(0, 7)}-01`))) await rebuildMonth(session, month, 'UTC');
  await rebuildTotals(session, 'UTC');
}

/** Years of daily counts of `videos` videos and of channels 0 and 1, with the months and totals they sum to; no log. */
export async function seedDailyHistory(sql: Sql, videos: number, from: string, to: string): Promise<void> {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
  await ensureAggregatePartitions(
    sql,
    Array.from({ length: days }, (_, n) => shiftDay(from, n)),
    new Date(),
  );
  for (let first = from; first < to; ) {
    const next = [`${Number(first.slice(0, 4)) + 1}-01-01`, to].toSorted()[0] ?? to;
    // A video's daily audience falls with its rank, as in the log. In the order of the index, which is then filled from the right.
    await sql`
      insert into video_days (video_id, day, views, bot_views)
      select video, ${first}::text::date + n, 1 + (${videos}::int / video + random() * 3)::int, (random() * 2)::int % 2
      from generate_series(1, ${videos}::int) video, generate_series(0, ${next}::text::date - ${first}::text::date - 1) n
      order by 1, 2`;
    first = next;
  }
  await sql`
    insert into channel_days (channel_id, day, views, bot_views)
    select channel, day, sum(views), sum(bot_views)
    from video_days d join videos v on v.id = d.video_id, lateral (values (0), (v.channel_id)) c(channel)
    where day < ${to}::text::date group by 1, 2`;
  for (const subject of ['video', 'channel']) {
    const owner = sql(`${subject}_id`);
    await sql`
      insert into ${sql(`${subject}_months`)} (${owner}, month, views, bot_views)
      select ${owner}, date_trunc('month', day)::date, sum(views), sum(bot_views) from ${sql(`${subject}_days`)} group by 1, 2`;
    await sql`
      insert into ${sql(`${subject}_totals`)} (${owner}, views, bot_views)
      select ${owner}, sum(views), sum(bot_views) from ${sql(`${subject}_months`)} group by 1`;
  }
  await sql`vacuum analyze`;
}

function daysOf(from: number, to: number): string[] {
  const days: string[] = [];
  for (let day = utcDay(from); day <= utcDay(to - 1); day = shiftDay(day, 1)) days.push(day);
  return days;
}
