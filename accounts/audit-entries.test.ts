import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { type Author, auditEntriesOf, recordChange } from './audit-entries.ts';

const author: Author = { actor: 'user:mara@example.com', now: new Date('2026-03-04T05:06:07.008Z') };
const rename = { action: 'channel.change', subject: 'channel:harbour' } as const;

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

test('an entry says who changed what when, as it was before and after; the latest comes first, a page at a time', async () => {
  const { sql } = database;
  for (const [from, to] of [
    ['A', 'B'],
    ['B', 'C'],
  ]) {
    await sql.begin((tx) => recordChange(tx, author, { ...rename, before: { name: from }, after: { name: to } }));
  }
  const [latest] = await auditEntriesOf(sql, 'channel:harbour', { limit: 1 });
  expect(latest).toEqual({
    ...{ id: latest?.id, at: '2026-03-04T05:06:07.008Z', actor: 'user:mara@example.com', action: 'channel.change' },
    ...{ subject: 'channel:harbour', before: { name: 'B' }, after: { name: 'C' } },
  });
  const earlier = await auditEntriesOf(sql, 'channel:harbour', { limit: 5, before: latest?.id });
  expect(earlier.map(({ before }) => before)).toEqual([{ name: 'A' }]);
  expect(await auditEntriesOf(sql, 'channel:quarry', { limit: 5 })).toEqual([]);
});

test('a change that fails leaves no entry', async () => {
  const failing = database.sql.begin(async (tx) => {
    await recordChange(tx, author, { ...rename, subject: 'channel:quarry', before: null, after: { name: 'Quarry' } });
    throw new Error('The change failed.');
  });
  await expect(failing).rejects.toThrow('The change failed.');
  expect(await auditEntriesOf(database.sql, 'channel:quarry', { limit: 5 })).toEqual([]);
});

test('an actor of no known kind is refused by the database', async () => {
  const actor = 'somebody' as Author['actor'];
  const change = { ...rename, before: null, after: null };
  await expect(database.sql.begin((tx) => recordChange(tx, { ...author, actor }, change))).rejects.toThrow(
    /audit_entries_actor_is_known/,
  );
});
