// Migrations when several instances boot at once, a newer one was there, or the zone is another.
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { startProcess } from '#test/process.ts';
import { connect, type Sql } from './client.ts';
import { migrateDatabase } from './migrate.ts';

let admin: Sql;
let name: string;
let url: string;
let sql: Sql;

beforeEach(async () => {
  name = `empty_${randomBytes(6).toString('hex')}`;
  admin = connect(inject('postgresUrl'), { name: 'test', max: 1 });
  await admin.unsafe(`create database ${name}`);
  url = Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).href;
  sql = connect(url, { name: 'test', max: 1 });
});

afterEach(async () => {
  await sql.end({ timeout: 1 });
  await admin.unsafe(`drop database ${name} with (force)`);
  await admin.end();
});

test('instances that boot at once migrate once, and all learn the zone', async () => {
  const processes = Array.from({ length: 3 }, () => startProcess('test/migrating-process.ts', [url, 'Asia/Kathmandu']));
  const inThisProcess = Array.from({ length: 5 }, () => migrateDatabase(url, 'Asia/Kathmandu'));
  expect(new Set(await Promise.all(inThisProcess))).toEqual(new Set(['Asia/Kathmandu']));
  for (const { line, ended } of processes) {
    await line(/^zone Asia\/Kathmandu$/);
    expect(await ended).toBe(0);
  }
  const applied = await sql`select hash from drizzle.__drizzle_migrations`;
  expect(new Set(applied.map(({ hash }) => hash)).size).toBe(applied.length);
});

test('an instance killed in mid-migration leaves the next one to finish', async () => {
  const killed = startProcess('test/migrating-process.ts', [url]);
  await expect.poll(migrators, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0);
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(await migrateDatabase(url)).toBe('UTC');
  expect(await sql`select time_zone from installation`).toEqual([{ time_zone: 'UTC' }]);
});

test('the zone of the first boot stays', async () => {
  expect(await migrateDatabase(url, 'Europe/Berlin')).toBe('Europe/Berlin');
  expect(await migrateDatabase(url)).toBe('Europe/Berlin');
  await expect(migrateDatabase(url, 'UTC')).rejects.toThrow('TIME_ZONE=Europe/Berlin');
  await expect(migrateDatabase(url, 'UTC')).rejects.toThrow('npm run rebuild -- --time-zone UTC');
  expect(await migrateDatabase(url, 'Europe/Berlin')).toBe('Europe/Berlin');
});

test('a database of a newer version is refused, and left as it is', async () => {
  await migrateDatabase(url);
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', ${Date.now() + 1e12}::float8::bigint)`;
  const before = await sql`select count(*)::int as migrations from drizzle.__drizzle_migrations`;
  await expect(migrateDatabase(url)).rejects.toThrow('newer version');
  expect(await sql`select count(*)::int as migrations from drizzle.__drizzle_migrations`).toEqual(before);
});

async function migrators(): Promise<number> {
  const sessions = await admin`
    select from pg_stat_activity where datname = ${name} and application_name = 'boxoffice migrate'`;
  return sessions.length;
}
