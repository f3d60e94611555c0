import { getPriority } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { connect, type Sql } from './client.ts';
import { stepBack } from './step-back.ts';

let database: TestDatabase;
let session: Sql;

beforeEach(async () => {
  database = await freshDatabase();
  session = connect(database.url, { name: 'audit', max: 1 });
});

afterEach(async () => {
  await session.end();
  await database.close();
});

test.runIf(process.platform === 'linux')('the session that steps back gives way to the others', async () => {
  const priorityOf = async (sql: Sql) => {
    const [row] = await sql<[{ pid: number }]>`select pg_backend_pid() as pid`;
    return getPriority(row.pid);
  };
  const before = await priorityOf(database.sql);
  await stepBack(session);
  expect(await priorityOf(session)).toBe(10);
  expect(await priorityOf(database.sql)).toBe(before);
});
