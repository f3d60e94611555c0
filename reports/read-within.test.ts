import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { readWithin } from './read-within.ts';
import { inSnapshot } from './snapshot.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});

afterAll(() => database.close());

test('what takes too long is undefined, and the snapshot goes on with the time it had', async () => {
  const read = await inSnapshot(database.db, async (snapshot) => {
    const slow = await readWithin(snapshot, 20, (db) => db.execute(sql`select pg_sleep(5)`));
    const [after] = await snapshot.execute<{ limit: string }>(
      sql`select current_setting('statement_timeout') as limit`,
    );
    return { slow, after };
  });
  expect(read).toEqual({ slow: undefined, after: { limit: '30s' } });
});

test('what fails for another reason fails', async () => {
  const read = inSnapshot(database.db, (snapshot) =>
    readWithin(snapshot, 1_000, (db) => db.execute(sql`select 1 / 0`)),
  );
  await expect(read).rejects.toThrow();
});
