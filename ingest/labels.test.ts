import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { learnLabels } from './labels.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});

afterAll(() => database.close());

test('processes that come and go use up no numbers: the column holds few', async () => {
  const { sql } = database;
  const views = [{ device: 'desktop', browser: 'Chrome', os: 'Windows' }];
  for (let start = 0; start < 5; start++) await learnLabels(sql, new Map(), views);
  const added = new Map<string, number>();
  await learnLabels(sql, added, [{ device: 'mobile', browser: 'Chrome', os: null }]);
  const stored = await sql`select id, label from labels order by id`;
  expect(stored.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  expect(added.get('mobile')).toBe(4);
  expect(added.get('Chrome')).toBe(stored.find(({ label }) => label === 'Chrome')?.id);
});
