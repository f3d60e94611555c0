// `npm run demo`: a living dashboard. Its data is its own, under DATA_DIR/demo, and stays for the next time.
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { appSecret } from '#accounts/app-secret.ts';
import { openAuth } from '#accounts/auth.ts';
import { connect, connectDb } from '#db/client.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { openBulkLog } from '#ingest/import/bulk-log.ts';
import { catchUp } from '#rollups/catch-up.ts';
import { ensureBuild } from '../ensure-build.ts';
import { type Env, readEnv } from '../env.ts';
import { listen } from '../listen.ts';
import { progressBar } from '../progress-bar.ts';
import { startServer } from '../server.ts';
import { stopSignal } from '../stop-signal.ts';
import type { LiveViewersData } from './live-viewers.ts';
import { type DemoAccount, prepareAccounts } from './prepare-accounts.ts';
import { pathOfHit, prepareData } from './prepare-data.ts';
import { prepareManaged } from './prepare-managed.ts';
import { sendReposts } from './reposts.ts';

const stopDeadlineMs = 10_000;

async function main(): Promise<void> {
  const given = readEnv();
  const env: Env = {
    ...given,
    DATA_DIR: path.join(given.DATA_DIR, 'demo'),
    // Made-up views must never get into a log that somebody keeps.
    DATABASE_URL: undefined,
    // Only what needs attention: the demo prints lines of its own.
    LOG_LEVEL: given.LOG_LEVEL === 'info' ? 'warn' : given.LOG_LEVEL,
  };
  await requireFreePort(env);
  ensureBuild();
  const beganAt = performance.now();
  const signal = stopSignal(stopDeadlineMs);
  signal.addEventListener('abort', () => console.log('\nStopping'));
  const database = await openDatabase(env);
  try {
    await show(env, database, signal, beganAt);
  } finally {
    await database.close();
  }
}

/** Returns when the signal is aborted and everything is given back. */
async function show(env: Env, database: Database, signal: AbortSignal, beganAt: number): Promise<void> {
  const startedAt = await prepare(database, signal);
  if (startedAt === undefined) return;
  const { people, isFirst } = await withAccounts(env, database);
  const server = await startServer(env);
  if (isFirst) {
    await sendReposts(server.url).catch((error: Error) =>
      console.error(`Views from another site could not be sent: ${error.message}`),
    );
  }
  const data: LiveViewersData = { url: server.url, startedAt, timeZone: database.timeZone };
  const viewers = new Worker(new URL('./live-viewers.ts', import.meta.url), { workerData: data });
  viewers.on('error', (error) => console.error(`The live viewers are gone: ${error.message}`));
  console.log(`
Ready after ${((performance.now() - beganAt) / 1_000).toFixed(0)} s. People are watching now:

  Overview      ${server.url}
  The hit       ${server.url}${pathOfHit}
  All videos    ${server.url}/videos

Sign in as one of these; a creator sees two of the three channels:

${people.map(({ email, password }) => `  ${email.padEnd(22)}  ${password}`).join('\n')}

Ctrl+C stops it. The data stays in ${env.DATA_DIR} for the next time.`);
  if (!signal.aborted) await once(signal, 'abort');
  await viewers.terminate();
  await server.stop();
}

/** Who signs in, and what they manage; `isFirst` says that nothing of it was there yet. */
async function withAccounts(
  env: Env,
  { url, timeZone }: Database,
): Promise<{ people: DemoAccount[]; isFirst: boolean }> {
  const sql = connect(url, { name: 'demo-accounts', max: 1 });
  const db = connectDb(url, { name: 'demo-accounts', max: 1, statementTimeoutMs: 10_000 });
  try {
    const secret = await appSecret(env);
    const accounts = { auth: openAuth(db, { secret, url: 'http://localhost' }), sql, secret };
    const people = await prepareAccounts(accounts, env.DATA_DIR, new Date());
    return { people, isFirst: await prepareManaged(sql, timeZone, new Date()) };
  } finally {
    await Promise.all([sql.end({ timeout: 2 }), db.$client.end({ timeout: 2 })]);
  }
}

/** Resolves to when the demo was first started; to undefined once the signal is aborted. */
async function prepare({ url, timeZone, zone }: Database, signal: AbortSignal): Promise<number | undefined> {
  const sql = connect(url, { name: 'demo', max: 3, statementTimeoutMs: 120_000 });
  const log = openBulkLog(url, sql);
  const bar = viewsBar();
  // Adding up is one long transaction, which nobody waits for who wants to stop.
  const breakOff = () => void sql.end({ timeout: 0 });
  try {
    const doors = { sql, log, timeZone, signal };
    const startedAt = await prepareData({ ...doors, now: Date.now(), onStart: bar.start, onProgress: bar.update });
    bar.stop();
    if (signal.aborted) return undefined;
    signal.addEventListener('abort', breakOff);
    console.log('Adding them up');
    await catchUp(sql, () => new Date(), zone);
    // People went on watching meanwhile: without them the last hour would have a hole.
    await prepareData({ ...doors, now: Date.now(), onStart: () => {}, onProgress: () => {} });
    return startedAt;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    signal.removeEventListener('abort', breakOff);
    bar.stop();
    await log.close();
    await sql.end({ timeout: 2 });
  }
}

function viewsBar() {
  const bar = progressBar('{value} of {total} views | {eta} s left');
  return {
    start(title: string, total: number) {
      console.log(title);
      if (total > 0) bar.start(total, 0);
    },
    update: (value: number) => bar.update(value),
    stop: () => bar.stop(),
  };
}

/** Before anything is made: a demo without its port is of no use. */
async function requireFreePort(env: Env): Promise<void> {
  const probe = createServer();
  await listen(probe, env);
  await new Promise((resolve) => probe.close(resolve));
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
