// The whole app as a process, killed under load: what was acknowledged is in the log once, and the aggregates equal it.
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Sql } from '#db/client.ts';
import { checkInvariants } from '#rollups/checker.ts';
import { makeVideos } from './factories.ts';
import { type JournalingSender, startSending } from './journaling-sender.ts';
import { startProcess, type TestProcess } from './process.ts';

const videos = ['tide', 'storm', 'ebb'];
let dataDir: string;
let app: TestProcess;
let url: string;
let sender: JournalingSender;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'boxoffice-kills-'));
  await chmod(dataDir, 0o755);
  await startApp();
  await query((sql) => makeVideos(sql, videos));
  sender = startSending(videos);
  sender.aim(url);
}, 120_000);

afterAll(async () => {
  app.child.kill('SIGTERM');
  await app.ended;
  await rm(dataDir, { recursive: true, force: true });
});

// Milliseconds under load before each kill: while starting to flush, in the middle, after many ticks.
const appKills = [250, 40, 600, 120, 900, 10];

test.each(appKills)('SIGKILL of the app after %i ms loses and doubles nothing', { timeout: 90_000 }, async (ms) => {
  await underLoad(ms);
  app.child.kill('SIGKILL');
  expect(await app.ended).toBe('SIGKILL');
  await expectNothingLost();
  await startApp();
});

test.each([30, 400])('SIGKILL of Postgres after %i ms loses and doubles nothing', { timeout: 90_000 }, async (ms) => {
  await underLoad(ms);
  process.kill(await postmaster(), 'SIGKILL');
  await sleep(300);
  await stopApp();
  await startApp();
  await expectNothingLost();
});

test('SIGKILL of the app and of Postgres at once loses and doubles nothing', { timeout: 90_000 }, async () => {
  await underLoad(300);
  process.kill(await postmaster(), 'SIGKILL');
  app.child.kill('SIGKILL');
  await app.ended;
  await startApp();
  await expectNothingLost();
});

test('a killed backend costs some answers, and the app goes on by itself', { timeout: 90_000 }, async () => {
  await underLoad(200);
  const [backend] = await query(
    (sql) => sql<{ pid: number }[]>`
    select pid from pg_stat_activity where application_name = 'boxoffice ingest live'`,
  );
  process.kill(backend?.pid ?? 0, 'SIGKILL');
  await underLoad(200);
  await expectNothingLost();
});

test('SIGTERM under load with open connections ends with 0 within 10 s, and loses nothing', {
  timeout: 90_000,
}, async () => {
  const idle = dial(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
  const halfSent = dial(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
  halfSent.write('POST /api/views HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"video"');
  await underLoad(300);
  await stopApp();
  await startApp();
  await expectNothingLost();
  idle.destroy();
  halfSent.destroy();
});

test('in the end every view is in the log once, and every aggregate equals the log', { timeout: 90_000 }, async () => {
  await sender.finish();
  const { sent, acknowledged, countedTwice, surprises } = sender.journal;
  expect(surprises).toEqual([]);
  expect(countedTwice).toEqual([]);
  expect(acknowledged).toEqual(sent);
  expect(await loggedIds()).toEqual(sent);
  await expect.poll(rolledUp, { timeout: 20_000, interval: 100 }).toBe(sent.size);
  const findings = await query((sql) => checkInvariants(sql, new Date(), 'UTC', { acknowledged, maxLagMs: 5_000 }));
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
});

async function startApp(): Promise<void> {
  app = startProcess('start.ts', [], {
    ...{
      DATA_DIR: dataDir,
      PORT: '0',
      ROLES: 'ingest,rollup',
      RATE_LIMIT: '0',
      ROLLUP_INTERVAL_MS: '50',
      LOG_LEVEL: 'info',
    },
  });
  [, url = ''] = await app.line(/Boxoffice is at (http:\/\/[\d.:]+)/);
  sender?.aim(url);
}

async function stopApp(): Promise<void> {
  const toldAt = performance.now();
  app.child.kill('SIGTERM');
  expect(await app.ended, app.said()).toBe(0);
  expect(performance.now() - toldAt).toBeLessThan(10_000);
}

/** Waits until views are acknowledged again, and for `ms` more. */
async function underLoad(ms: number): Promise<void> {
  // An earlier test may have failed half-way.
  if (app.child.exitCode !== null || app.child.signalCode !== null) await startApp();
  const before = sender.journal.acknowledged.size;
  await expect
    .poll(() => sender.journal.acknowledged.size, { timeout: 20_000, interval: 5 })
    .toBeGreaterThan(before + 50);
  await sleep(ms);
}

async function expectNothingLost(): Promise<void> {
  const acknowledged = [...sender.journal.acknowledged];
  const logged = await loggedIds();
  expect(acknowledged.filter((id) => !logged.has(id))).toEqual([]);
  expect(sender.journal.countedTwice).toEqual([]);
}

/** The ids in the log; throws if one is there twice. */
async function loggedIds(): Promise<Set<string>> {
  const rows = await query((sql) => sql<{ id: string }[]>`select id from video_views`);
  const ids = new Set(rows.map(({ id }) => id));
  expect(rows).toHaveLength(ids.size);
  return ids;
}

async function rolledUp(): Promise<number> {
  const [all] = await query(
    (sql) => sql<{ views: number }[]>`
    select views::int as views from channel_totals where channel_id = 0`,
  );
  return all?.views ?? 0;
}

async function query<T>(ask: (sql: Sql) => Promise<T>): Promise<T> {
  const { port, password } = JSON.parse(await readFile(path.join(dataDir, 'postgres.json'), 'utf8'));
  const sql = connect(`postgres://boxoffice:${password}@127.0.0.1:${port}/boxoffice`, { name: 'test', max: 1 });
  try {
    return await ask(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function postmaster(): Promise<number> {
  return Number.parseInt(await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}
