// Databases for tests: one cluster a run, a migrated template, a clone per test file.
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { connect, connectDb, type Db, type Sql } from '#db/client.ts';

export type TestDatabase = { url: string; sql: Sql; db: Db; close(): Promise<void> };

/** A fresh database with the whole schema and the reporting zone UTC, or `timeZone`. */
export async function freshDatabase(timeZone = 'UTC'): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const admin = connect(inject('postgresUrl'), { name: 'test', max: 1 });
  await admin.unsafe(`create database ${name} template template_boxoffice`);
  await admin.end();
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const sql = connect(url.href, { name: 'test', max: 4 });
  const db = connectDb(url.href, { name: 'test', max: 4 });
  await sql`update installation set time_zone = ${timeZone}`;
  return { url: url.href, sql, db, close: () => dropDatabase(name, sql, db) };
}

async function dropDatabase(name: string, sql: Sql, db: Db): Promise<void> {
  await Promise.all([sql.end({ timeout: 5 }), db.$client.end({ timeout: 5 })]);
  const admin = connect(inject('postgresUrl'), { name: 'test', max: 1 });
  await admin.unsafe(`drop database ${name} with (force)`);
  await admin.end();
}
