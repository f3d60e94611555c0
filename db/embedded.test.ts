// The embedded cluster among several processes that come, leave and are killed.
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startProcess, type TestProcess } from '#test/process.ts';
import { connect } from './client.ts';

let dataDir: string;
let started: TestProcess[];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'boxoffice-embedded-'));
  await chmod(dataDir, 0o755);
  started = [];
});

afterEach(async () => {
  for (const { child } of started) child.kill('SIGTERM');
  await Promise.all(started.map(({ ended }) => ended));
  const pid = await postmaster();
  if (pid && isAlive(pid)) await endPostmaster('SIGINT');
  await rm(dataDir, { recursive: true, force: true });
});

test('a second process attaches to the running cluster, and the last one out stops it', async () => {
  const [first, firstUrl] = await joinCluster();
  const pid = await postmaster();
  const [second, secondUrl] = await joinCluster();
  expect(secondUrl).toBe(firstUrl);
  expect(await postmaster()).toBe(pid);
  await leave(first);
  expect(await query(secondUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(new URL(secondUrl).hostname).toBe('127.0.0.1');
  expect(new URL(secondUrl).password.length).toBeGreaterThan(30);
  expect((await stat(path.join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600);
  await leave(second);
  expect(await postmaster()).toBeUndefined();
});

test('two first starts at once make one cluster', async () => {
  const [[, one], [, other], [, third]] = await Promise.all([joinCluster(), joinCluster(), joinCluster()]);
  expect(new Set([one, other, third]).size).toBe(1);
});

test('a killed owner leaves Postgres running, and the next start adopts it with its data', async () => {
  const [owner, url] = await joinCluster();
  await query(url, 'create table kept as select 42 as answer');
  const pid = await postmaster();
  owner.child.kill('SIGKILL');
  expect(await owner.ended).toBe('SIGKILL');
  const [next, nextUrl] = await joinCluster();
  expect(await postmaster()).toBe(pid);
  expect(await query(nextUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await leave(next);
  expect(await postmaster()).toBeUndefined();
});

test('data survives a killed Postgres, a stop and a start, and locks that killed processes left', async () => {
  const [owner, url] = await joinCluster();
  await query(url, 'create table kept as select 42 as answer');
  await endPostmaster('SIGKILL');
  await leave(owner);
  for (const lock of ['', String(await deadPid())]) {
    await writeFile(path.join(dataDir, 'starting'), lock);
    const [next, nextUrl] = await joinCluster();
    expect(await query(nextUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await leave(next);
  }
});

test('a pid file whose number is another program’s by now stops nobody', async () => {
  const [owner] = await joinCluster();
  await leave(owner);
  const dead = await deadPid();
  await writeFile(path.join(dataDir, 'users', String(dead)), '');
  // Numbers of a program that lives, but is neither Postgres nor who signed or locked.
  await writeFile(path.join(dataDir, 'users', `${process.pid}-1`), '');
  await writeFile(path.join(dataDir, 'starting'), `${process.pid}-1`);
  await writeFile(pidFile(), `${process.pid}\n/nowhere\n0\n5432\n\n\n\n`);
  const [next, url] = await joinCluster();
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await leave(next);
  expect(await postmaster()).toBeUndefined();
});

test('a start waits for a server that is too busy to answer, and attaches to it', async () => {
  const [first, firstUrl] = await joinCluster();
  const pid = (await postmaster()) ?? 0;
  process.kill(pid, 'SIGSTOP');
  // Longer than one attempt to connect may take.
  setTimeout(() => process.kill(pid, 'SIGCONT'), 8_000);
  const [second, secondUrl] = await joinCluster();
  expect(secondUrl).toBe(firstUrl);
  expect(await postmaster()).toBe(pid);
  await leave(first);
  await leave(second);
});

test('a killed Postgres comes back where it was, while its users run on', async () => {
  const [first, url] = await joinCluster();
  const [second] = await joinCluster();
  await query(url, 'create table kept as select 42 as answer');
  await endPostmaster('SIGKILL');
  const answer = () => query(url, 'select answer from kept').catch(String);
  await expect.poll(answer, { timeout: 20_000, interval: 200 }).toEqual([{ answer: 42 }]);
  await leave(first);
  expect(await answer()).toEqual([{ answer: 42 }]);
  await leave(second);
  expect(await postmaster()).toBeUndefined();
});

test('a database without its postgres.json is left alone, and so is a postgres.json without its database', async () => {
  const [owner, url] = await joinCluster();
  await query(url, 'create table kept as select 42 as answer');
  await leave(owner);
  const [file, folder] = [path.join(dataDir, 'postgres.json'), path.join(dataDir, 'postgres')];
  for (const lost of [file, folder]) {
    await rename(lost, `${lost}-elsewhere`);
    await expect(joinCluster()).rejects.toThrow(/Put that (file|folder) back, or (move|remove) /);
    expect(existsSync(lost)).toBe(false);
    await rename(`${lost}-elsewhere`, lost);
  }
  const [next, nextUrl] = await joinCluster();
  expect(await query(nextUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await leave(next);
});

// Only root runs Postgres as somebody else.
test.runIf(process.getuid?.() === 0)(
  'a folder private to root keeps its database elsewhere, also with a strict umask and after it was opened',
  async () => {
    await chmod(dataDir, 0o700);
    const umask = process.umask(0o077);
    const [owner, url] = await joinCluster().finally(() => process.umask(umask));
    const { folder } = JSON.parse(await readFile(path.join(dataDir, 'postgres.json'), 'utf8'));
    try {
      expect(folder).not.toContain(dataDir);
      await query(url, 'create table kept as select 42 as answer');
      await leave(owner);
      await chmod(dataDir, 0o755);
      const [next, nextUrl] = await joinCluster();
      expect(await query(nextUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
      await leave(next);
    } finally {
      await rm(path.dirname(folder), { recursive: true, force: true });
    }
  },
);

async function joinCluster(): Promise<[TestProcess, string]> {
  const user = startProcess('test/cluster-user.ts', [dataDir]);
  started.push(user);
  const [, url = ''] = await user.line(/^using (\S+)/);
  return [user, url];
}

async function leave({ child, ended }: TestProcess): Promise<void> {
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
}

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const sql = connect(url, { name: 'test', max: 1 });
  const rows = await sql.unsafe(statement);
  await sql.end({ timeout: 1 });
  return [...rows];
}

const pidFile = () => path.join(dataDir, 'postgres', 'postmaster.pid');

async function postmaster(): Promise<number | undefined> {
  if (!existsSync(pidFile())) return undefined;
  return Number.parseInt(await readFile(pidFile(), 'utf8'), 10) || undefined;
}

async function endPostmaster(signal: NodeJS.Signals): Promise<void> {
  const pid = await postmaster();
  if (!pid) throw new Error('Postgres is not running.');
  process.kill(pid, signal);
  await expect.poll(() => isAlive(pid), { timeout: 10_000, interval: 20 }).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function deadPid(): Promise<number> {
  const { child, ended } = startProcess('test/migrating-process.ts', ['postgres://nobody@127.0.0.1:1/none']);
  await ended;
  return child.pid ?? 0;
}
