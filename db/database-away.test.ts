import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { type FaultProxy, openFaultProxy } from '#test/fault-proxy.ts';
import { connectDb, type Db } from './client.ts';
import { isDatabaseAway } from './database-away.ts';

let database: TestDatabase;
let proxy: FaultProxy;
let db: Db;

beforeAll(async () => {
  database = await freshDatabase();
});

beforeEach(async () => {
  proxy = await openFaultProxy(database.url);
  db = connectDb(proxy.url, { name: 'away', max: 1, statementTimeoutMs: 500 });
});

afterEach(async () => {
  await db.$client.end({ timeout: 0 });
  await proxy.close();
});

afterAll(() => database.close());

const failureOf = (work: PromiseLike<unknown>) =>
  Promise.resolve(work).then(
    () => undefined,
    (error: unknown) => error,
  );

test.each([
  ['a statement that is wrong', sql`select nothing from nowhere`],
  ['a value that Postgres refuses', sql`select ${'\0'}::text`],
  ['a statement that takes too long', sql`select pg_sleep(5)`],
])('%s does not mean that the database is away', async (_, query) => {
  const error = await failureOf(db.execute(query));
  expect(error).toBeInstanceOf(Error);
  expect(isDatabaseAway(error)).toBe(false);
});

test('a backend that is terminated means that it is', async () => {
  expect(isDatabaseAway(await failureOf(db.execute(sql`select pg_terminate_backend(pg_backend_pid())`)))).toBe(true);
});

test('a connection that is cut means that it is', async () => {
  await db.execute(sql`select 1`);
  proxy.cutNextAnswer();
  expect(isDatabaseAway(await failureOf(db.execute(sql`select 1`)))).toBe(true);
});

test('a port that nobody listens on means that it is, at one address and at several', async () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    const nobody = connectDb(`postgres://nobody@${host}:1/none`, { name: 'nobody', max: 1 });
    expect(isDatabaseAway(await failureOf(nobody.execute(sql`select 1`)))).toBe(true);
    await nobody.$client.end({ timeout: 0 });
  }
});
