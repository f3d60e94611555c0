// The embedded cluster among several processes that come, leave and are killed.
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
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
  // The number of a program that lives, but is no Postgres.
  await writeFile(pidFile(), `${process.pid}\n/nowhere\n0\n5432\n\n\n\n`);
  const [next, url] = await joinCluster();
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await leave(next);
  expect(await postmaster()).toBeUndefined();
});

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
