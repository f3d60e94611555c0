// npm run bench:rollup: how many views a second are counted into everything while others come in, and how far behind dashboards are
// under a steady load and after a burst. Prints tables; figures go to bench/RESULTS.md.
import { fork } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Sql } from '#db/client.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { findDifferences } from '#rollups/differences.ts';
import { startWorker } from '#rollups/worker.ts';
import { percentile } from './percentile.ts';
import { seedVideos } from './seed.ts';
import type { WritingOrder } from './view-writer.ts';
import { withDatabase } from './with-database.ts';

const backlog = Number(process.argv[2] ?? 200_000);
const steadySeconds = Number(process.argv[3] ?? 60);
const zipfVideos = 10_000;
const manyVideos = 300_000;
const besides = 1_000;

async function measure(url: string, sql: Sql): Promise<void> {
  await seedVideos(sql, manyVideos, 30_000);
  await sql`vacuum analyze`;
  await ensureLivePartitions(sql, new Date());
  console.table([
    await throughput(url, sql, 'Zipf', { videos: zipfVideos, isZipf: true }),
    await throughput(url, sql, 'every view of another video', { videos: manyVideos, isZipf: false }),
  ]);
  console.table(await lags(url, sql));
  const differences = await findDifferences(sql, new Date(), 'UTC');
  console.log(`Differences between the log and what was counted: ${differences.length}`);
}

type Seen = Pick<WritingOrder, 'videos' | 'isZipf'>;

/** A backlog is counted while a writer goes on. */
async function throughput(url: string, sql: Sql, what: string, seen: Seen) {
  const startedAt = performance.now();
  await startWriting({ url, ...seen, phases: [{ viewsPerSecond: 0, views: backlog }] });
  const writtenPerSecond = backlog / ((performance.now() - startedAt) / 1_000);
  const writing = startWriting({ url, ...seen, phases: [{ viewsPerSecond: besides, seconds: 600 }] });
  await sleep(3_000);
  const worker = startTicks(url);
  const before = await counted(sql);
  const from = performance.now();
  while ((await counted(sql)) - before < backlog) await sleep(50);
  const perSecond = ((await counted(sql)) - before) / ((performance.now() - from) / 1_000);
  await worker.stop();
  writing.kill();
  await writing.catch(() => {});
  await startTicksUntilDone(url, sql);
  return {
    what,
    'views/s counted': Math.round(perSecond),
    'us a view': Math.round(1_000_000 / perSecond),
    'views/s written beside it': besides,
    'written alone': Math.round(writtenPerSecond),
    ratio: (perSecond / writtenPerSecond).toFixed(2),
  };
}

async function lags(url: string, sql: Sql) {
  const worker = startTicks(url);
  const seen = { videos: zipfVideos, isZipf: true };
  const steady = { viewsPerSecond: 5_000, seconds: steadySeconds };
  const burst = { viewsPerSecond: 20_000, seconds: 30 };
  const writing = startWriting({ url, ...seen, phases: [steady, burst, { ...steady, seconds: 75 }] });
  const samples: { at: number; lag: number }[] = [];
  let isOver = false;
  const from = performance.now();
  const sampling = (async () => {
    while (!isOver) {
      samples.push({ at: (performance.now() - from) / 1_000, lag: await lag(sql) });
      await sleep(100);
    }
  })();
  const written = await writing;
  isOver = true;
  await sampling;
  await worker.stop();
  // The first seconds start a process.
  const calm = samples.filter(({ at }) => at > 5 && at < steadySeconds).map((one) => one.lag);
  const burstEnds = steadySeconds + burst.seconds;
  const after = samples.filter(({ at }) => at > burstEnds);
  const late = after.filter((one) => one.lag > 5_000).at(-1);
  return [
    {
      what: `lag at ${steady.viewsPerSecond} views/s`,
      'p50 ms': round(percentile(calm, 0.5)),
      'p99 ms': round(percentile(calm, 0.99)),
    },
    {
      what: `lag in a burst of ${burst.viewsPerSecond} views/s for ${burst.seconds} s`,
      'most ms': round(Math.max(...samples.filter(({ at }) => at > steadySeconds).map((one) => one.lag))),
      'seconds until under 5 s': late ? round(late.at - burstEnds) : 0,
    },
    { what: `views written in all (wanted ${5_000 * (steadySeconds + 75) + 600_000})`, views: written },
  ];
}

/** How long ago everything acknowledged was counted, in milliseconds. */
async function lag(sql: Sql): Promise<number> {
  const [row] = await sql<[{ ms: number }]>`
    select coalesce(extract(epoch from clock_timestamp() - min(complete_to)) * 1000, 0)::float8 as ms from rollup_cursors`;
  return row.ms;
}

async function counted(sql: Sql): Promise<number> {
  const [row] = await sql<{ views: number }[]>`select views::float8 as views from channel_totals where channel_id = 0`;
  return row?.views ?? 0;
}

function startTicks(url: string) {
  return startWorker(() => connect(url, { name: 'rollup', max: 2, plan: 'each time' }), {
    intervalMs: 1_000,
    silenceMs: 60_000,
    timeZone: 'UTC',
    clock: () => new Date(),
    onError: (error) => console.error(error),
  });
}

async function startTicksUntilDone(url: string, sql: Sql): Promise<void> {
  const worker = startTicks(url);
  await sleep(1_500);
  while ((await lag(sql)) > 1_500) await sleep(100);
  await worker.stop();
}

/** Resolves to how many views were written; may be ended before. */
function startWriting(order: WritingOrder): Promise<number> & { kill(): void } {
  const child = fork(path.join(import.meta.dirname, 'view-writer.ts'), {
    execArgv: ['--import', './quick-imports.ts'],
  });
  child.send(order);
  const done = new Promise<number>((resolve, reject) => {
    child.once('message', (views) => resolve(Number(views)));
    child.once('exit', (code) => reject(new Error(`The writer ended with ${code}`)));
  });
  return Object.assign(done, { kill: () => void child.kill('SIGTERM') });
}

function round(ms: number): number {
  return Math.round(ms);
}

await withDatabase((url, sql) => measure(url, sql));
