import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Reader } from '#db/client.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { readWithin } from './read-within.ts';
import { inSnapshot } from './snapshot.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});

afterAll(() => database.close());

const limit = (db: Reader) => db.execute<{ limit: string }>(sql`select current_setting('statement_timeout') as limit`);

test('what takes too long is undefined, and the snapshot goes on with the time it had', async () => {
  const read = await inSnapshot(database.db, async (snapshot) => {
    const slow = await readWithin(snapshot, 20, (db) => db.execute(sql`select pg_sleep(5)`));
    return { slow, after: [...(await limit(snapshot))] };
  });
  expect(read).toEqual({ slow: undefined, after: [{ limit: '30s' }] });
});

test('what is read in time has its limit for itself', async () => {
  const read = await inSnapshot(database.db, async (snapshot) => {
    const within = await readWithin(snapshot, 500, async (db) => [...(await limit(db))]);
    return { within, after: [...(await limit(snapshot))] };
  });
  expect(read).toEqual({ within: [{ limit: '500ms' }], after: [{ limit: '30s' }] });
});

test('what fails for another reason fails', async () => {
  const read = inSnapshot(database.db, (snapshot) =>
    readWithin(snapshot, 1_000, (db) => db.execute(sql`select 1 / 0`)),
  );
  await expect(read).rejects.toThrow();
});
