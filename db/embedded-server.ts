// The server process of the embedded cluster: found by its postmaster.pid, waited for, started, stopped.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from './client.ts';
import { withDeadline } from './deadline.ts';
import { type Cluster, databaseUrl } from './embedded-cluster.ts';
import { type Account, postgresBinaries, whyUnreachable } from './embedded-host.ts';
import { runsOn } from './process-identity.ts';

export type Postmaster = { pid: number; port: number };

const startDeadlineMs = 60_000;

/** The server that runs on `folder`, ready or not. A pid file may be left from before a reboot, its number another's. */
export async function findPostmaster(folder: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(pidFile(folder), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 && (await runsOn(pid, folder)) ? { pid, port } : undefined;
}

/** The port of the server of `cluster`, which runs and has a database boxoffice by then. Throws with the server's log. */
export async function ensureServer(dataDir: string, cluster: Cluster, account: Account | undefined): Promise<number> {
  const { port } = (await waitForRunning(dataDir, cluster, account)) ?? (await startServer(dataDir, cluster, account));
  const admin = connect(databaseUrl({ ...cluster, port }, 'postgres'), { name: 'create', max: 1 });
  try {
    const found = await admin`select from pg_database where datname = 'boxoffice'`;
    if (found.length === 0) await admin`create database boxoffice`;
  } finally {
    await admin.end();
  }
  return port;
}

export async function stopServer(folder: string): Promise<void> {
  const running = await findPostmaster(folder);
  if (!running) return;
  process.kill(running.pid, 'SIGINT');
  const deadline = performance.now() + startDeadlineMs;
  while ((await findPostmaster(folder)) && performance.now() < deadline) await sleep(20);
}

/** A server that runs but is silent is busy or recovers from a crash: a second one could not start beside it. */
async function waitForRunning(
  dataDir: string,
  cluster: Cluster,
  account: Account | undefined,
): Promise<Postmaster | undefined> {
  const running = await findPostmaster(cluster.folder);
  if (!running) return undefined;
  const stillRuns = async () => (await findPostmaster(cluster.folder))?.pid === running.pid;
  const outcome = await becomeReady({ ...cluster, port: running.port }, stillRuns);
  if (outcome === 'silent') throw await failure(`(process ${running.pid}) does not answer`, dataDir, cluster, account);
  return outcome === 'ready' ? running : undefined;
}

async function startServer(dataDir: string, cluster: Cluster, account: Account | undefined): Promise<{ port: number }> {
  // The one it had, if it can: pools of processes that outlived a killed server hold it in their URL.
  const port = await freePort(cluster.port);
  const { postgres } = await postgresBinaries(account);
  await disownPidFile(cluster.folder);
  const log = await open(path.join(dataDir, 'postgres.log'), 'a');
  // Detached: Ctrl+C in a terminal reaches the whole process group, and Postgres must outlive our last flush.
  const child = spawn(postgres, ['-D', cluster.folder, ...serverOptions(port)], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  let runs = true;
  const end = () => {
    runs = false;
  };
  child.once('exit', end).once('error', end).unref();
  await log.close();
  const outcome = await becomeReady({ ...cluster, port }, async () => runs);
  if (outcome !== 'ready') throw await failure('did not start', dataDir, cluster, account);
  return { port };
}

/**
 * Postgres refuses to start while the number in a left pid file is in use by anybody of its account, but takes its
 * parent's number for a stale one. The rest of the file stays: it leads Postgres to the memory of orphaned backends.
 */
async function disownPidFile(folder: string): Promise<void> {
  if (!existsSync(pidFile(folder))) return;
  const text = await readFile(pidFile(folder), 'utf8');
  await writeFile(pidFile(folder), text.replace(/^.*/, String(process.pid)));
}

function serverOptions(port: number): string[] {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: 100,
    shared_buffers: '256MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    // Just-in-time compilation costs more than our short statements take.
    jit: 'off',
    // Queries over many partitions lock each one.
    max_locks_per_transaction: 256,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function becomeReady(cluster: Cluster, runs: () => Promise<boolean>): Promise<'ready' | 'gone' | 'silent'> {
  const url = databaseUrl(cluster, 'postgres');
  const deadline = performance.now() + startDeadlineMs;
  while (!(await answers(url, 5_000))) {
    if (!(await runs())) return 'gone';
    if (performance.now() > deadline) return 'silent';
    await sleep(50);
  }
  return 'ready';
}

async function answers(url: string, timeoutMs: number): Promise<boolean> {
  const sql = connect(url, { name: 'probe', max: 1 });
  const answered = await withDeadline(sql`select 1`, timeoutMs).then(
    () => true,
    () => false,
  );
  await sql.end({ timeout: 0 });
  return answered;
}

async function failure(
  what: string,
  dataDir: string,
  { folder }: Cluster,
  account: Account | undefined,
): Promise<Error> {
  const log = await readFile(path.join(dataDir, 'postgres.log'), 'utf8').catch(() => '');
  const reason = await whyUnreachable(folder, account);
  const lastWords = log.split('\n').slice(-12).join('\n');
  return new Error(`The embedded Postgres ${what}.${reason} Its last words:\n${lastWords}`);
}

/** `wanted` if it is free, else any that is. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', (error) => (wanted > 0 ? resolve(freePort(0)) : reject(error)));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function pidFile(folder: string): string {
  return path.join(folder, 'postmaster.pid');
}
