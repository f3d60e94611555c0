// npm run bench:ingest: how many views a second come in, how fast they are answered, and what a view weighs, beside
// simpler ways of doing the same on the same machine in the same run. Prints a table; figures go to bench/RESULTS.md.
import type { Sql } from '#db/client.ts';
import { copyViews } from './copy-views.ts';
import { measureLag } from './lag.ts';
import type { LoadResult } from './load-generator.ts';
import { memoryOf, type Running, runLoad, startBaseline, startBoxoffice } from './processes.ts';
import { withDatabase } from './with-database.ts';

const seconds = Number(process.argv[2] ?? 8);
const keys = Array.from({ length: 10_000 }, (_, i) => `bench${i}`);
const rows: Record<string, string | number>[] = [];
const singles: number[] = [];
let batches = 0;

async function measure(url: string, sql: Sql): Promise<void> {
  try {
    await prepare(sql);
    const bare = await baseline('parse', url, [64, 256]);
    await boxoffice(url, sql, bare);
    await baseline('update', url, [64]);
    await baseline('insert', url, [64]);
    const copied = await copyViews(sql, 400_000);
    rows.push({ what: '(d) raw COPY into the same table', 'views/s': Math.round(copied) });
    rows.push({ what: '  batches of 50 as a part of it', ratio: (batches / copied).toFixed(2) });
  } finally {
    console.table(rows);
  }
}

async function prepare(sql: Sql): Promise<void> {
  await sql`insert into channels (handle, name) values ('bench', 'Bench')`;
  await sql`insert into videos (key, channel_id, title) select key, 1, key from unnest(${keys}::text[]) key`;
  // The table of videos as it is, with the counter column that it does not have.
  await sql`create table bench_videos (like videos including all)`;
  await sql`alter table bench_videos add column views bigint not null default 0`;
  await sql`insert into bench_videos (key, channel_id, title) select key, 1, key from unnest(${keys}::text[]) key`;
  await sql`vacuum analyze`;
}

/** Requests a second by number of connections. */
async function baseline(
  kind: 'parse' | 'update' | 'insert',
  url: string,
  connections: number[],
): Promise<Map<number, number>> {
  const server = await startBaseline(kind, url);
  const name = {
    parse: '(a) node:http, parse and answer',
    update: '(b) one UPDATE videos a request',
    insert: '(c) one INSERT a request',
  };
  const reached = new Map<number, number>();
  for (const count of connections) {
    const { requestsPerSecond } = report(name[kind], count, await load(server, count, 1));
    reached.set(count, requestsPerSecond);
    const most = Math.max(...singles);
    if (kind !== 'parse')
      rows.push({ what: '  Boxoffice as a multiple of it', ratio: (most / requestsPerSecond).toFixed(1) });
  }
  await server.stop();
  return reached;
}

async function boxoffice(url: string, sql: Sql, bare: Map<number, number>): Promise<void> {
  const server = await startBoxoffice({ DATABASE_URL: url });
  await load(server, 64, 1, 2);
  for (const count of [64, 256]) {
    const result = report('Boxoffice, single views', count, await load(server, count, 1));
    rows.push({ what: '  as a part of (a)', ratio: (result.requestsPerSecond / (bare.get(count) ?? 0)).toFixed(2) });
    singles.push(result.requestsPerSecond);
  }
  batches = report('Boxoffice, batches of 50', 16, await load(server, 16, 50)).viewsPerSecond;
  await reportMemory(server);
  await rolledUp(sql);
  await reportSize(sql);
  await openLoop(server, 64, 2_500);
  rows.push(await measureLag(server.port, keys, 5_000, 30));
  await server.stop();
}

function load(
  server: Running,
  connections: number,
  viewsPerRequest: number,
  forSeconds = seconds,
): Promise<LoadResult> {
  return runLoad({ port: server.port, path: '/api/views', connections, seconds: forSeconds, viewsPerRequest, keys });
}

/** Latency on a fixed schedule: a closed loop hides stalls, since a stalled server is asked less. */
async function openLoop({ port }: Running, connections: number, requestsPerSecond: number): Promise<void> {
  const order = { port, path: '/api/views', connections, seconds, viewsPerRequest: 1, keys, requestsPerSecond };
  report(`Boxoffice, single views on a schedule of ${requestsPerSecond}/s`, connections, await runLoad(order));
}

function report(what: string, connections: number, result: LoadResult): LoadResult {
  rows.push({
    what,
    connections,
    'requests/s': Math.round(result.requestsPerSecond),
    'views/s': Math.round(result.viewsPerSecond),
    'p50 ms': result.p50.toFixed(1),
    'p99 ms': result.p99.toFixed(1),
    errors: result.errors,
  });
  console.log(rows.at(-1));
  return result;
}

async function reportMemory(server: Running): Promise<void> {
  const samples = [memoryOf(server.pid)];
  for (let sent = 0; sent < 2_000_000; ) {
    const result = await load(server, 16, 50, 5);
    sent += result.requests * 50;
    samples.push(memoryOf(server.pid));
  }
  rows.push({ what: 'memory over 2 million views, MiB', ratio: samples.map(Math.round).join(' ') });
}

async function rolledUp(sql: Sql): Promise<void> {
  const startedAt = performance.now();
  while (true) {
    const [row] =
      await sql`select bool_and(h.batch = c.batch) as done from ingest_lanes h join rollup_cursors c using (lane)`;
    if (row?.done) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  rows.push({
    what: 'rollup caught up after the load, s',
    ratio: ((performance.now() - startedAt) / 1_000).toFixed(1),
  });
}

async function reportSize(sql: Sql): Promise<void> {
  const [row] = await sql<[{ bytes: number; views: number }]>`
    select sum(pg_total_relation_size(inhrelid))::float8 as bytes, (select count(*)::float8 from video_views) as views
    from pg_inherits where inhparent = 'video_views'::regclass`;
  rows.push({ what: 'bytes of log a view', ratio: (row.bytes / row.views).toFixed(0) });
}

await withDatabase(measure);
