// Connections whose other end fell silent are given up; connections that merely have nothing to say are not.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { type FaultProxy, openFaultProxy } from '#test/fault-proxy.ts';
import { connect, type Sql } from './client.ts';

let database: TestDatabase;
let proxy: FaultProxy;
let sql: Sql;

beforeAll(async () => {
  database = await freshDatabase();
});

beforeEach(async () => {
  proxy = await openFaultProxy(database.url);
  // Given up two seconds after the time-out of the statement.
  sql = connect(proxy.url, { name: 'patient', max: 1, statementTimeoutMs: 500 });
});

afterEach(async () => {
  await sql.end({ timeout: 0 });
  await proxy.close();
});

afterAll(() => database.close());

test('queries on a connection that fell silent fail, and the next ones connect anew', async () => {
  await sql`select 1`;
  proxy.fallSilent();
  const queries = [sql`select 2 as two`, sql`select 3 as three`];
  for (const { status } of await Promise.allSettled(queries)) expect(status).toBe('rejected');
  proxy.heal();
  expect(await sql`select 5 as five`).toEqual([{ five: 5 }]);
});

test('a transaction on a connection that fell silent fails', async () => {
  const transaction = sql.begin(async (tx) => {
    await tx`select 1`;
    proxy.fallSilent();
    await tx`select 2`;
  });
  await expect(transaction).rejects.toThrow();
  proxy.heal();
  expect(await sql.begin((tx) => tx`select 3 as three`)).toEqual([{ three: 3 }]);
});

test('an idle connection stays', async () => {
  const backend = () => sql<[{ pid: number }]>`select pg_backend_pid() as pid`;
  const [{ pid }] = await backend();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(await backend()).toEqual([{ pid }]);
});
