// The Postgres that comes with npm, run under DATA_DIR when no DATABASE_URL is given.
// Every process that uses it signs a register; the last one to leave stops it, so that a second
// command attaches, and a server that was killed is succeeded by the next one.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from './client.ts';
import { type Account, clusterFolder, postgresAccount, postgresBinaries } from './embedded-host.ts';
import { isAlive, withLock } from './process-lock.ts';

export type Embedded = {
  /** Connection string of the database `boxoffice`. */
  url: string;
  /** Leaves the register and, as the last one out, stops the cluster. */
  stop(): Promise<void>;
};

type Access = { port: number; password: string };

const startDeadlineMs = 60_000;

/** Attaches to the cluster of `dataDir`, or makes and starts it. Throws with the server's log when it does not come up. */
export async function startEmbedded(dataDir: string): Promise<Embedded> {
  await mkdir(path.join(dataDir, 'users'), { recursive: true });
  const account = await postgresAccount();
  const folder = await clusterFolder(dataDir, account);
  const signature = path.join(dataDir, 'users', String(process.pid));
  const url = await withLock(path.join(dataDir, 'starting'), async () => {
    await writeFile(signature, '');
    const running = await runningUrl(dataDir, folder);
    if (running) return running;
    if (!existsSync(path.join(folder, 'PG_VERSION'))) await initialise(dataDir, folder, account);
    return startServer(dataDir, folder, account);
  });
  const stop = () =>
    withLock(path.join(dataDir, 'starting'), async () => {
      await rm(signature, { force: true });
      if (!(await hasLivingUsers(dataDir))) await stopServer(folder);
    });
  return { url, stop };
}

async function runningUrl(dataDir: string, folder: string): Promise<string | undefined> {
  const pid = await postmasterPid(folder);
  if (!pid || !isAlive(pid)) return undefined;
  const url = databaseUrl(await readAccess(dataDir));
  // A pid file may be left from before a reboot, its number now another program's.
  return (await answers(url, 5_000)) ? url : undefined;
}

async function initialise(dataDir: string, folder: string, account: Account | undefined): Promise<void> {
  const access: Access = { port: 0, password: randomBytes(24).toString('base64url') };
  await writeAccess(dataDir, access);
  await mkdir(path.dirname(folder), { recursive: true });
  await removeDrafts(folder);
  // Made beside its final place and renamed, so that a killed first run leaves nothing half-made behind.
  const draft = await mkdtemp(`${folder}-draft-`);
  const passwordFile = `${draft}.password`;
  await writeFile(passwordFile, access.password, { mode: 0o600 });
  if (account) await Promise.all([draft, passwordFile].map((file) => chown(file, account.uid, account.gid)));
  const { initdb } = await postgresBinaries(account);
  const options = ['--username=boxoffice', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  await run(initdb, ['-D', draft, ...options, '--encoding=UTF8', '--locale=C', '--data-checksums'], account);
  await rm(passwordFile);
  await rename(draft, folder);
}

/** What first runs that were killed left behind. */
async function removeDrafts(folder: string): Promise<void> {
  const names = await readdir(path.dirname(folder));
  const drafts = names.filter((name) => name.startsWith(`${path.basename(folder)}-draft-`));
  await Promise.all(drafts.map((name) => rm(path.join(path.dirname(folder), name), { recursive: true, force: true })));
}

async function startServer(dataDir: string, folder: string, account: Account | undefined): Promise<string> {
  const access = { ...(await readAccess(dataDir)), port: await freePort() };
  await writeAccess(dataDir, access);
  const { postgres } = await postgresBinaries(account);
  const log = await open(path.join(dataDir, 'postgres.log'), 'a');
  // Detached: Ctrl+C in a terminal reaches the whole process group, and Postgres must outlive our last flush.
  const child = spawn(postgres, ['-D', folder, ...serverOptions(access.port)], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.unref();
  await log.close();
  await ready(databaseUrl(access, 'postgres'), child, dataDir);
  const admin = connect(databaseUrl(access, 'postgres'), { name: 'create', max: 1 });
  const found = await admin`select from pg_database where datname = 'boxoffice'`;
  if (found.length === 0) await admin`create database boxoffice`;
  await admin.end();
  return databaseUrl(access);
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

async function ready(url: string, child: ReturnType<typeof spawn>, dataDir: string): Promise<void> {
  const deadline = performance.now() + startDeadlineMs;
  let exited = false;
  child.once('exit', () => {
    exited = true;
  });
  child.once('error', () => {
    exited = true;
  });
  while (!(await answers(url, 1_000))) {
    if (exited || performance.now() > deadline) {
      const log = await readFile(path.join(dataDir, 'postgres.log'), 'utf8').catch(() => '');
      throw new Error(`The embedded Postgres did not start. Its last words:\n${log.split('\n').slice(-12).join('\n')}`);
    }
    await sleep(50);
  }
}

async function answers(url: string, timeoutMs: number): Promise<boolean> {
  const sql = connect(url, { name: 'probe', max: 1 });
  const probe = sql`select 1`.then(
    () => true,
    () => false,
  );
  const answered = await Promise.race([probe, sleep(timeoutMs, false, { ref: false })]);
  await sql.end({ timeout: 0 });
  return answered;
}

async function stopServer(folder: string): Promise<void> {
  const pid = await postmasterPid(folder);
  if (!pid || !isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  const deadline = performance.now() + startDeadlineMs;
  while (existsSync(path.join(folder, 'postmaster.pid')) && isAlive(pid) && performance.now() < deadline)
    await sleep(20);
}

async function postmasterPid(folder: string): Promise<number | undefined> {
  const text = await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || undefined;
}

async function hasLivingUsers(dataDir: string): Promise<boolean> {
  const pids = (await readdir(path.join(dataDir, 'users'))).map(Number);
  return pids.some((pid) => pid !== process.pid && isAlive(pid));
}

async function readAccess(dataDir: string): Promise<Access> {
  return JSON.parse(await readFile(path.join(dataDir, 'postgres.json'), 'utf8'));
}

async function writeAccess(dataDir: string, access: Access): Promise<void> {
  const file = path.join(dataDir, 'postgres.json');
  await writeFile(`${file}.new`, JSON.stringify(access), { mode: 0o600 });
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new`, file);
}

function databaseUrl({ port, password }: Access, database = 'boxoffice'): string {
  return `postgres://boxoffice:${password}@127.0.0.1:${port}/${database}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function run(command: string, args: string[], account: Account | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${path.basename(command)} failed: ${errors}`)),
    );
  });
}
