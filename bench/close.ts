// npm run bench:close: how long the close of a large day takes, what it costs those who send views meanwhile, and how fast
// that day is archived. Prints a table; figures go to bench/RESULTS.md.
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Sql } from '#db/client.ts';
import { dayMs, shiftDay, utcDay } from '#db/day.ts';
import { partitionedTables, partitionOf } from '#db/partitions.ts';
import { copyLog } from '#rollups/archive/copy-log.ts';
import { writeArchive } from '#rollups/archive/write-archive.ts';
import { openProofSession } from '#rollups/proof-session.ts';
import { type Running, runLoad, startBoxoffice } from './processes.ts';
import { seedAggregates, seedLog, seedVideos } from './seed.ts';
import { withDatabase } from './with-database.ts';

const views = Number(process.argv[2] ?? 5_000_000);
const videos = 10_000;
const keys = Array.from({ length: videos }, (_, n) => `v${n + 1}`);
// Well below what one process takes, so that latency is not that of a full queue.
const requestsPerSecond = 1_000;
const day = shiftDay(utcDay(Date.now()), -1);
const rows: Record<string, string | number>[] = [];

await withDatabase(async (url, sql, dataDir) => {
  await seed(url, sql);
  await close(url, sql);
  await archive(url, sql, path.join(dataDir, 'archive'));
  console.table(rows);
});

async function seed(url: string, sql: Sql): Promise<void> {
  await seedVideos(sql, videos, videos / 10);
  const [from, to] = [Date.parse(day), Date.parse(day) + dayMs];
  await seedLog(sql, { views, from, to, videos });
  const session = await openProofSession(url, 'audit');
  await seedAggregates(session, from, to);
  await session.end();
  // What the server would do about so much at once, in the time that is measured.
  await sql`vacuum analyze`;
  await sql`checkpoint`;
  const partition = partitionOf(partitionedTables.videoViews, day).name;
  const [size] = await sql<[{ bytes: number }]>`select pg_total_relation_size(${partition}::regclass)::float8 as bytes`;
  rows.push({ what: 'bytes of log a view, index included', figure: (size.bytes / views).toFixed(0) });
  console.log(rows.at(-1));
}

async function close(url: string, sql: Sql): Promise<void> {
  const server = await startBoxoffice({ DATABASE_URL: url });
  try {
    // A server that starts closes the nights it missed.
    while (!(await lastClosing(sql))) await new Promise((resolve) => setTimeout(resolve, 200));
    const alone = await closeDay(url);
    const before = await load(server, 20);
    const [under, during] = await Promise.all([closeDay(url), load(server, Math.max(5, Math.floor(alone - 2)))]);
    const after = await load(server, 20);
    const closing = await lastClosing(sql);
    report('close of the day, nothing else', { seconds: alone.toFixed(1), views: closing?.views ?? 0 });
    report(`close of the day, ${requestsPerSecond} views/s coming in`, { seconds: under.toFixed(1) });
    report('  ingest before', before);
    report('  ingest during the close', during);
    report('  ingest after', after);
    report('  p99 during, as a multiple of before', {
      figure: (Number(during['p99 ms']) / Number(before['p99 ms'])).toFixed(2),
    });
    report('  differences', { figure: closing?.differing ?? '' });
  } finally {
    await server.stop();
  }
}

/** Seconds that `npm run close` takes. */
async function closeDay(url: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', './quick-imports.ts', 'rollups/run-close.ts', '--day', day], {
    cwd: path.join(import.meta.dirname, '..'),
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'inherit',
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`The close ended with ${code}.`);
  return (performance.now() - startedAt) / 1_000;
}

async function load({ port }: Running, seconds: number): Promise<Record<string, string | number>> {
  const order = { port, path: '/api/views', connections: 64, seconds, viewsPerRequest: 1, keys, requestsPerSecond };
  const { p50, p99, errors } = await runLoad(order);
  return { 'p50 ms': p50.toFixed(1), 'p99 ms': p99.toFixed(1), errors };
}

async function lastClosing(sql: Sql): Promise<{ views: number; differing: number } | undefined> {
  const [row] = await sql<{ views: number; differing: number }[]>`
    select log_views::float8 as views, differing_buckets as differing from day_closings
    where day = ${day}::text::date order by id desc limit 1`;
  return row;
}

async function archive(url: string, sql: Sql, folder: string): Promise<void> {
  const partition = partitionOf(partitionedTables.videoViews, day);
  const raw = await timed(async () => {
    await sql.begin(async (tx) => {
      for await (const _ of copyLog(tx, partition.name));
    });
  });
  report('COPY of the same rows, thrown away', { 'rows/s': Math.round(views / raw), seconds: raw.toFixed(1) });
  let bytes = 0;
  const written = await timed(async () => {
    ({ bytes } = await writeArchive(url, partition, folder));
  });
  report('archive written', { 'rows/s': Math.round(views / written), seconds: written.toFixed(1) });
  report('  as a part of the COPY', { figure: (raw / written).toFixed(2) });
  report('bytes of archive a view', { figure: (bytes / views).toFixed(0) });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}

function report(what: string, figures: Record<string, string | number>): void {
  rows.push({ what, ...figures });
  console.log(rows.at(-1));
}
