import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { type Author, auditEntriesOf, recordChange } from './audit-entries.ts';
import { auditChoices, auditLog } from './audit-log.ts';

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

test('the log is filtered by a piece of the subject, by who and by action, and goes on where a page ended', async () => {
  const { sql } = database;
  await sql`truncate audit_entries`;
  const now = author.now;
  await sql`insert into users (id, name, email) values ('u1', 'Mara', 'mara@example.com')`;
  const write = (actor: Author['actor'], action: `${string}.${string}`, subject: `${string}:${string}`) =>
    sql.begin((tx) => recordChange(tx, { actor, now }, { action, subject, before: null, after: {} }));
  await write('user:u1', 'video.create', 'video:Tide');
  await write('user:gone', 'video.change', 'video:tide-2');
  await write('key:bo_00000000', 'channel.change', 'channel:harbour');
  const found = async (filter: Parameters<typeof auditLog>[1]) =>
    (await auditLog(sql, filter, 9)).map(({ who, subject }) => `${who}: ${subject}`);
  const [gone, mara] = ['somebody whose account is gone: video:tide-2', 'Mara: video:Tide'];
  expect(await found({})).toEqual(['the key bo_00000000: channel:harbour', gone, mara]);
  expect(await found({ subject: 'TIDE' })).toEqual([gone, mara]);
  expect(await found({ subject: '%' })).toEqual([]);
  expect(await found({ actor: 'user:u1' })).toEqual([mara]);
  expect(await found({ action: 'video.change' })).toEqual([gone]);
  const [newest] = await auditLog(sql, {}, 1);
  expect(await found({ before: newest?.id })).toEqual([gone, mara]);
  expect(await auditChoices(sql)).toEqual({
    actors: [
      { actor: 'user:u1', who: 'Mara' },
      { actor: 'user:gone', who: 'somebody whose account is gone' },
      { actor: 'key:bo_00000000', who: 'the key bo_00000000' },
    ],
    actions: ['channel.change', 'video.change', 'video.create'],
  });
});
