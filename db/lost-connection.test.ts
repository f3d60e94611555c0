// A client whose connection is lost in mid-transaction: the transaction fails, the process and the client go on.
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
  sql = connect(proxy.url, { name: 'lost', max: 1, idleInTransactionTimeoutMs: 100 });
});

afterEach(async () => {
  await sql.end({ timeout: 0 });
  await proxy.close();
});

afterAll(() => database.close());

const losses: [string, (pid: number) => unknown][] = [
  ['its backend is terminated', (pid) => database.sql`select pg_terminate_backend(${pid}::int)`],
  ['its connection is closed', () => proxy.refuse()],
  ['its connection is reset', () => proxy.reset()],
];

test.each(losses)('a transaction fails when %s, and the client goes on', async (_, lose) => {
  for (let round = 0; round < 5; round++) {
    let pid = 0;
    const transaction = sql.begin(async (tx) => {
      await tx`create table never (made int)`;
      const [backend] = await tx<[{ pid: number }]>`select pg_backend_pid() as pid`;
      pid = backend.pid;
      await tx`select pg_sleep(20)`;
    });
    const rejected = expect(transaction).rejects.toThrow();
    await expect.poll(() => isSleeping(pid), { interval: 10 }).toBe(true);
    await lose(pid);
    await rejected;
    proxy.heal();
    // The driver tells the loss once more, to the query that reconnects.
    await expect.poll(() => sql.begin((tx) => tx`select 1 as one`).catch(() => 'lost')).toEqual([{ one: 1 }]);
    await database.sql`select pg_terminate_backend(${pid}::int)`;
  }
  expect(await sql`select to_regclass('never') as name`).toEqual([{ name: null }]);
});

test('a transaction that idles for too long fails, and nothing of it is written', async () => {
  const transaction = sql.begin(async (tx) => {
    await tx`create table never (made int)`;
    await new Promise((resolve) => setTimeout(resolve, 400));
    await tx`create table never_either (made int)`;
  });
  await expect(transaction).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 400));
  const found = await sql`select to_regclass('never') as one, to_regclass('never_either') as other`;
  expect(found).toEqual([{ one: null, other: null }]);
});

test('a transaction that fails by itself is rolled back', async () => {
  const transaction = sql.begin(async (tx) => {
    await tx`create table never (made int)`;
    throw new Error('changed my mind');
  });
  await expect(transaction).rejects.toThrow('changed my mind');
  await expect(sql.begin((tx) => tx`select 1 / 0`)).rejects.toThrow('division by zero');
  expect(await sql`select to_regclass('never') as name`).toEqual([{ name: null }]);
});

async function isSleeping(pid: number): Promise<boolean> {
  const sessions = await database.sql`
    select from pg_stat_activity where pid = ${pid}::int and state = 'active' and query like '%pg_sleep%'`;
  return sessions.length === 1;
}
