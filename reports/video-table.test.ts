import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeTitled, recordAt } from '#test/recorded-views.ts';
import { parseTableQuery, type TableVideo, videoTable } from './video-table.ts';

let database: TestDatabase;
const now = '2026-03-10T12:00:30Z';

beforeAll(async () => {
  database = await freshDatabase();
  await makeTitled(database.sql, 'harbour', [
    { key: 'tide', title: 'Ebbe und Flut', publishedAt: '2026-03-01T00:00:00Z' },
    { key: 'storm', title: 'Überfahrt bei 100 % Sturm', publishedAt: '2026-02-01T00:00:00Z' },
    { key: 'crane', title: 'cranes at night', publishedAt: '2026-02-01T00:00:00Z' },
  ]);
  await makeTitled(database.sql, 'quarry', [
    { key: 'dust_1', title: 'Dust', publishedAt: '2026-01-01T00:00:00Z' },
    { key: 'dusty', title: 'Zwölf Brüche', publishedAt: '2026-03-09T00:00:00Z' },
  ]);
  await recordAt(
    database,
    [
      { video: 'tide', at: '2026-02-10T12:00:00Z', people: 1 },
      { video: 'tide', at: '2026-02-11T12:00:00Z', people: 5 },
      { video: 'storm', at: '2026-03-10T11:01:00Z', people: 2 },
      { video: 'tide', at: '2026-03-10T11:30:00Z', people: 1, bots: 3 },
      { video: 'dusty', at: '2026-03-10T11:00:59Z', people: 2 },
      { video: 'crane', at: '2026-03-10T11:00:00Z', bots: 2 },
    ],
    now,
  );
});

afterAll(() => database.close());

const read = (params: Record<string, string>) =>
  videoTable(database.db, 'all', parseTableQuery(params), new Date(now), 'UTC');
const keys = async (params: Record<string, string>) => (await read(params)).rows.map(({ key }) => key);

test('a row tells people of its lifetime, of the hour and of each of 28 days', async () => {
  const { rows, total } = await read({});
  expect(total).toBe(5);
  expect(rows[0]).toEqual({
    id: expect.any(Number),
    key: 'tide',
    title: 'Ebbe und Flut',
    channelName: 'The harbour',
    channelHandle: 'harbour',
    publishedAt: '2026-03-01T00:00:00Z',
    people: 7,
    botViews: 3,
    opening: 0,
    peopleLastHour: 1,
    spark: [5, ...Array(26).fill(0), 1],
  });
  expect(rows.at(-1)).toMatchObject({ people: 0, botViews: 0, peopleLastHour: 0, spark: Array(28).fill(0) });
});

test('what is listed sums to what the channel, or all of them, have; what is searched for has no such sum', async () => {
  expect((await read({})).inAll).toEqual(sums((await read({})).rows));
  const { rows, inAll } = await read({ channel: 'harbour' });
  expect(inAll).toEqual(sums(rows));
  expect(inAll?.people).toBeGreaterThan(0);
  expect((await read({ search: 'DUST' })).inAll).toBeUndefined();
});

function sums(rows: TableVideo[]) {
  const sum = (field: 'people' | 'opening' | 'peopleLastHour') => rows.reduce((total, row) => total + row[field], 0);
  return { people: sum('people'), opening: sum('opening'), peopleLastHour: sum('peopleLastHour') };
}

test.each([
  [{ sort: 'lifetime' }, ['tide', 'storm', 'dusty', 'crane', 'dust_1']],
  [{ sort: 'lifetime', direction: 'asc' }, ['dust_1', 'crane', 'dusty', 'storm', 'tide']],
  [{ sort: 'last-hour' }, ['storm', 'tide', 'crane', 'dust_1', 'dusty']],
  [{ sort: 'last-hour', direction: 'asc' }, ['dusty', 'dust_1', 'crane', 'tide', 'storm']],
  [{ sort: 'title' }, ['crane', 'dust_1', 'tide', 'storm', 'dusty']],
  [{ sort: 'title', direction: 'desc' }, ['dusty', 'storm', 'tide', 'dust_1', 'crane']],
  [{ sort: 'published' }, ['dusty', 'tide', 'storm', 'crane', 'dust_1']],
  [{ sort: 'published', direction: 'asc' }, ['dust_1', 'crane', 'storm', 'tide', 'dusty']],
  [{ channel: 'harbour' }, ['tide', 'storm', 'crane']],
  [{ channel: 'quarry', sort: 'title' }, ['dust_1', 'dusty']],
  [{ channel: 'nobody' }, []],
  [{ search: 'DUST' }, ['dusty', 'dust_1']],
  [{ search: 'dust_' }, ['dust_1']],
  [{ search: '100 %' }, ['storm']],
  [{ search: '%' }, ['storm']],
  [{ search: 'über' }, ['storm']],
  [{ search: 'BRÜCHE' }, ['dusty']],
  [{ search: 'dust', channel: 'harbour' }, []],
  [{ search: '\\' }, []],
])('%o lists %o', async (params, expected) => {
  expect(await keys(params)).toEqual(expected);
  expect((await read(params)).total).toBe(expected.length);
});

test('pages follow each other without a gap, in every order', async () => {
  for (const sort of ['lifetime', 'last-hour', 'title', 'published']) {
    for (const direction of ['asc', 'desc']) {
      const whole = await keys({ sort, direction });
      const pages = ['1', '2', '3'].map((page) => keys({ sort, direction, page, pageSize: '2' }));
      expect((await Promise.all(pages)).map((page) => page.length)).toEqual([2, 2, 1]);
      expect((await Promise.all(pages)).flat()).toEqual(whole);
    }
  }
});

test('a page beyond the last one is the last one', async () => {
  const last = await read({ sort: 'title', page: '3', pageSize: '2' });
  expect(last).toMatchObject({ rows: [{ key: 'dusty' }], total: 5, page: 3 });
  expect(await read({ sort: 'title', page: '99', pageSize: '2' })).toEqual(last);
  expect(await read({ search: 'no such title', page: '99' })).toEqual({ rows: [], total: 0, page: 1 });
});
