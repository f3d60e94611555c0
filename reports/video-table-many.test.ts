// The orders that indexes carry are taken only where videos are many; they have to list what the plain ones list.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { parseTableQuery, videoTable } from './video-table.ts';

let database: TestDatabase;
const now = '2026-03-10T12:00:30Z';
const count = 10_050;
const keyOf = (n: number) => `v${String(n).padStart(5, '0')}`;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, Array.from({ length: count }, (_, n) => keyOf(n)).toReversed(), 'harbour');
  await makeVideos(database.sql, ['w0', 'w1', 'w2'], 'quarry');
  await database.sql`analyze`;
  await recordAt(
    database,
    [
      { video: keyOf(7), at: '2026-03-09T12:00:00Z', people: 5 },
      { video: keyOf(9), at: '2026-03-10T11:30:00Z', people: 3 },
      { video: keyOf(8), at: '2026-03-10T11:30:00Z', people: 3 },
      { video: 'w1', at: '2026-03-10T11:40:00Z', people: 4 },
      { video: keyOf(5), at: '2026-03-10T11:40:00Z', bots: 4 },
    ],
    now,
  );
});

afterAll(() => database.close());

const read = (params: Record<string, string>) =>
  videoTable(database.db, 'all', parseTableQuery({ pageSize: '4', ...params }), new Date(now), 'UTC');
const keys = async (params: Record<string, string>) => (await read(params)).rows.map(({ key }) => key);

// The last made has the highest id, so v00000 is the youngest of its channel.
test.each([
  [{}, [keyOf(7), 'w1', keyOf(9), keyOf(8)]],
  [{ page: '2' }, [keyOf(10_049), keyOf(10_048), keyOf(10_047), keyOf(10_046)]],
  [{ pageSize: '3', page: '2' }, [keyOf(8), keyOf(10_049), keyOf(10_048)]],
  [{ sort: 'last-hour' }, ['w1', keyOf(9), keyOf(8), keyOf(10_049)]],
  [{ sort: 'last-hour', channel: 'harbour' }, [keyOf(9), keyOf(8), keyOf(10_049), keyOf(10_048)]],
  [{ channel: 'harbour' }, [keyOf(7), keyOf(9), keyOf(8), keyOf(10_049)]],
  [{ search: 'video v' }, [keyOf(7), keyOf(9), keyOf(8), keyOf(10_049)]],
  [{ direction: 'asc' }, ['w2', 'w0', keyOf(0), keyOf(1)]],
  [{ direction: 'asc', channel: 'harbour' }, [keyOf(0), keyOf(1), keyOf(2), keyOf(3)]],
  [{ sort: 'title', search: 'video v' }, [keyOf(0), keyOf(1), keyOf(2), keyOf(3)]],
])('%o', async (params, expected) => {
  expect(await keys(params)).toEqual(expected);
});

test('the last pages in ascending order are those that were watched', async () => {
  const { total } = await read({});
  expect(total).toBe(count + 3);
  const pages = String(Math.ceil(total / 4));
  expect(await keys({ direction: 'asc', page: pages })).toEqual([keyOf(7)]);
  expect(await keys({ direction: 'asc', page: String(Number(pages) - 1) })).toEqual([
    keyOf(10_049),
    keyOf(8),
    keyOf(9),
    'w1',
  ]);
});

test('a search pages through 10,000 videos at most', async () => {
  expect((await read({ search: 'video v' })).total).toBe(10_000);
});
