// npm run bench:queries: how long the dashboards' questions take with a million videos and three years of days, with a log of one
// and of ten million views. Prints a table; figures go to bench/RESULTS.md.
import { connectDb, type Db, type Sql } from '#db/client.ts';
import { dayMs, shiftDay, utcDay } from '#db/day.ts';
import type { ChannelId, VideoId } from '#db/schema.ts';
import { breakdown } from '#reports/breakdown.ts';
import { lastHour } from '#reports/last-hour.ts';
import { overviewNow } from '#reports/overview-now.ts';
import { parseRange } from '#reports/range.ts';
import { allChannels, type Subject } from '#reports/subject.ts';
import { topVideos, topWindows } from '#reports/top-videos.ts';
import { uniqueViewers } from '#reports/unique-viewers.ts';
import { parseTableQuery, videoTable } from '#reports/video-table.ts';
import { viewsOverTime } from '#reports/views-over-time.ts';
import { openProofSession } from '#rollups/proof-session.ts';
import { percentile } from './percentile.ts';
import { seedAggregates, seedDailyHistory, seedLog, seedVideos } from './seed.ts';
import { seedSketches } from './seed-sketches.ts';
import { withDatabase } from './with-database.ts';

const calls = 500;
// Not measured: this process has just started, a server has not.
const warmUpCalls = 20;
const size = {
  videos: Number(process.argv[2] ?? 1_000_000),
  first: Number(process.argv[3] ?? 1_000_000),
  second: Number(process.argv[4] ?? 10_000_000),
};
const channelSize = 10_000;
// Those with a daily history, and those seen in the log.
const videosWithHistory = Math.min(20_000, size.videos);
const logDays = 30;
const historyYears = 3;

await withDatabase(async (url, sql) => {
  const now = Date.now();
  const from = Date.parse(utcDay(now - (logDays - 1) * dayMs));
  await seedPast(sql, utcDay(from));
  await step('sketches of a year', () =>
    seedSketches(
      sql,
      Array.from({ length: 365 }, (_, n) => shiftDay(utcDay(now), n - 366)),
    ),
  );
  const db = connectDb(url, { name: 'reports', max: 1, statementTimeoutMs: 10_000 });
  const rows: Record<string, string>[] = [];
  let views = 0;
  for (const wanted of [size.first, size.second]) {
    await addViews(url, sql, wanted - views, from, now);
    views = wanted;
    rows.push(...(await ask(db, views)));
  }
  await db.$client.end();
  console.table(rows);
});

async function seedPast(sql: Sql, until: string): Promise<void> {
  await step(`${size.videos} videos`, () => seedVideos(sql, size.videos, channelSize));
  const from = shiftDay(until, logDays - historyYears * 365);
  await step(`${videosWithHistory} videos' days from ${from}`, () =>
    seedDailyHistory(sql, videosWithHistory, from, until),
  );
}

async function addViews(url: string, sql: Sql, views: number, from: number, to: number): Promise<void> {
  await step(`${views} views of ${logDays} days`, () => seedLog(sql, { views, from, to, videos: videosWithHistory }));
  const session = await openProofSession(url, 'audit');
  await step('their aggregates', () => seedAggregates(session, from, to));
  await session.end();
  await sql`vacuum analyze`;
}

type Question = { name: string; ask: (now: Date) => Promise<unknown> };

function questions(db: Db): Question[] {
  const utc = 'UTC';
  const video = (id: number): Subject => ({ video: id as VideoId });
  const someVideo = () => video(1 + Math.floor(Math.random() * videosWithHistory));
  const channel: Subject = { channel: 1 as ChannelId };
  const over = (subject: Subject, range: string, now: Date) =>
    viewsOverTime(db, subject, parseRange({ range }, now, utc).range, now, utc);
  const list = (params: Record<string, string>, now: Date) => videoTable(db, 'all', parseTableQuery(params), now, utc);
  return [
    { name: 'last hour of a video', ask: (now) => lastHour(db, someVideo(), now) },
    { name: 'last hour of all', ask: (now) => lastHour(db, allChannels, now) },
    { name: 'a year by day of the hottest video', ask: (now) => over(video(1), '365d', now) },
    { name: 'a year by day of a random video', ask: (now) => over(someVideo(), '365d', now) },
    { name: `90 days of a channel of ${channelSize} videos`, ask: (now) => over(channel, '90d', now) },
    { name: 'videos page', ask: (now) => list({}, now) },
    { name: 'videos page, by last hour', ask: (now) => list({ sort: 'last-hour' }, now) },
    { name: 'videos page of a channel', ask: (now) => list({ channel: 'channel-1' }, now) },
    { name: 'overview', ask: (now) => overviewNow(db, 'all', now, utc) },
    ...topQuestions(db),
    ...audienceQuestions(db),
  ];
}

function topQuestions(db: Db): Question[] {
  const scopes = { all: 'all', 'channel 1': [1 as ChannelId] } as const;
  return topWindows.flatMap((window) =>
    Object.entries(scopes).flatMap(([whose, scope]) =>
      [10, 1_000].map((k) => ({
        name: `top ${k} of ${whose}, ${window}`,
        ask: (now: Date) => topVideos(db, scope, { window, k }, now, 'UTC'),
      })),
    ),
  );
}

function audienceQuestions(db: Db): Question[] {
  const last = (days: number, now: Date) => ({ from: shiftDay(utcDay(now), 1 - days), to: shiftDay(utcDay(now), 1) });
  const subjects = { 'the hottest video': { video: 1 as VideoId }, 'channel 1': { channel: 1 as ChannelId } };
  return Object.entries(subjects).flatMap(([whose, subject]) => [
    { name: `28 days of ${whose} by site`, ask: (now) => breakdown(db, subject, 'site', last(28, now), 1_000) },
    { name: `unique viewers of 28 days of ${whose}`, ask: (now) => uniqueViewers(db, subject, last(28, now)) },
    {
      name: `unique viewers of a year of ${whose}, by sketches`,
      ask: (now) => uniqueViewers(db, subject, last(365, now)),
    },
  ]);
}

/** Asks each question `calls` times, one after the other. */
async function ask(db: Db, views: number): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (const { name, ask } of questions(db)) {
    for (let call = 0; call < warmUpCalls; call++) await ask(new Date());
    const took: number[] = [];
    for (let call = 0; call < calls; call++) {
      const startedAt = performance.now();
      await ask(new Date());
      took.push(performance.now() - startedAt);
    }
    rows.push({
      'rows in the log': String(views),
      question: name,
      'p50 ms': percentile(took, 0.5).toFixed(2),
      'p99 ms': percentile(took, 0.99).toFixed(2),
      'most ms': Math.max(...took).toFixed(1),
    });
    console.log(rows.at(-1));
  }
  return rows;
}

async function step(what: string, work: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  await work();
  console.log(`${what}: ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
}
