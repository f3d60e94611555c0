import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { auditLog } from '#accounts/audit-log.ts';
import { readCell, writeCell } from '#csv-cell.ts';
import type { ChannelId } from '#db/schema.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { channelIdOf, makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { findVideo } from '../find-video.ts';
import { agreementOf, applySheet } from './apply-sheet.ts';
import { planSheet } from './plan-sheet.ts';
import { readSheet } from './read-sheet.ts';
import { writeSheet } from './write-sheet.ts';

const now = '2026-03-10T12:00:00Z';
const author = { actor: 'user:mara', now: new Date(now) } as const;
const everything = () => true;

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  await database.sql`truncate channels, audit_entries, video_totals, channel_totals restart identity cascade`;
  await makeVideos(database.sql, ['tide', 'ebb']);
  await makeVideos(database.sql, ['stone'], 'quarry');
});
afterAll(() => database.close());

const sheet = (...lines: string[]) => ['key,channel,title,duration,source,published,action', ...lines].join('\n');
const plan = (text: string, manages: (channel: ChannelId) => boolean = everything) =>
  planSheet(database.sql, text, manages);

async function apply(text: string) {
  return applySheet(database.sql, text, everything, agreementOf(await plan(text)), author);
}

async function written(channels: ChannelId[] | null = null): Promise<string> {
  let text = '';
  for await (const part of writeSheet(database.sql, channels)) text += part;
  return text;
}

test('what a sheet would do is told line by line, and what is wrong by the number of its line', async () => {
  const { steps, bad } = await plan(
    sheet(
      'new-one,harbour,New,61,/clip.webm,2026-01-31T12:00:00Z,',
      'tide,,The tide,,,,save',
      'stone,harbour,,,,,move',
      'ebb,,,,,,DELETE',
      ',,,,,,',
      'tide,,Again,,,,',
      '"broken,harbour',
      'a/b,nowhere at all,,1:30,clip.mp4,yesterday,archive',
      'many,harbour,,,,,',
      'none,,,,,,delete',
      'lost,,,,,,',
      'lost-2,nowhere,,,,,',
    ),
  );
  expect(steps).toMatchObject([
    { line: 2, key: 'new-one', kind: 'create', channel: 'harbour', fields: { title: 'New', durationSeconds: 61 } },
    { line: 3, key: 'tide', kind: 'change', fields: { title: 'The tide' }, before: { title: 'Video tide' } },
    { line: 4, key: 'stone', kind: 'move', from: 'quarry', to: 'harbour' },
    { line: 5, key: 'ebb', kind: 'delete', title: 'Video ebb', views: 0 },
  ]);
  expect(bad).toEqual([
    { line: 7, problem: 'tide stands on line 3 already' },
    { line: 8, problem: 'its quotes do not match' },
    {
      line: 9,
      problem:
        'key should be 1 to 128 of A-Z a-z 0-9 _ ~ . -; channel should be 1 to 63 of a-z 0-9 -, and not begin with -; ' +
        'duration should be a whole number of seconds; source should look like https://example.com/clip.mp4, or /clip.mp4 on this server; ' +
        'published should look like 2026-01-31T12:00:00Z; ' +
        'action should be save (or nothing), move or delete; channels are archived on their own page',
    },
    { line: 10, problem: 'key should not be new or many: these are pages of the dashboard' },
    { line: 11, problem: 'there is no video none' },
    { line: 12, problem: 'there is no video lost: a new one needs a channel' },
    { line: 13, problem: 'there is no channel nowhere, or it is not yours' },
  ]);
});

test('columns may come in any order with semicolons or tabs; unknown ones, and none, are told', () => {
  expect(readSheet('\ufeffTitle;KEY\r\nThe tide;tide\r\n')).toMatchObject({
    rows: [{ key: 'tide', title: 'The tide' }],
  });
  expect(readSheet('key\ttitle\ntide\ta,b').rows).toMatchObject([{ line: 2, title: 'a,b' }]);
  const problem = (text: string) => readSheet(text).bad[0]?.problem;
  expect(problem('key,name\n')).toBe(
    'there is no column name: there are key, channel, title, duration, source, published, action',
  );
  expect(problem('title\nx')).toContain('key has to be there');
  expect(problem('key,key\nx,y')).toBe('a column is named twice');
  expect(problem(' \n')).toContain('there is nothing in it');
  expect(problem('key\na,b')).toBe('it has 2 cells where the first line names 1');
});

test('a sheet is done as a whole, with an entry for each video in the audit of changes', async () => {
  const { sql } = database;
  await recordAt(database, [{ video: 'stone', at: now, people: 2 }], now);
  const text = sheet('new-one,harbour,,,,,', 'stone,harbour,Stone,,,,move', 'ebb,,,,,,delete', 'tide,,,90,,,');
  expect(await apply(text)).toMatchObject({ status: 'applied' });
  expect(await findVideo(sql, 'new-one')).toMatchObject({ channel: 'harbour', title: 'new-one' });
  expect(await findVideo(sql, 'stone')).toMatchObject({ channel: 'harbour', title: 'Stone' });
  expect(await findVideo(sql, 'ebb')).toBeUndefined();
  expect(await findVideo(sql, 'tide')).toMatchObject({ durationSeconds: 90 });
  const log = await auditLog(sql, {}, 9);
  expect(log.map(({ actor, action, subject }) => `${actor} ${action} ${subject}`).sort()).toEqual([
    'user:mara video.change video:stone',
    'user:mara video.change video:tide',
    'user:mara video.create video:new-one',
    'user:mara video.delete video:ebb',
    'user:mara video.move video:stone',
  ]);
  expect(
    await sql`select views::int from channel_totals where channel_id = ${await channelIdOf(sql, 'harbour')}`,
  ).toEqual([{ views: 2 }]);
  const again = await plan(sheet('stone,harbour,Stone,,,,', 'tide,,,90,,,'));
  expect(again.steps.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged']);
});

test('with one bad line, or where videos are no longer as shown, nothing is done', async () => {
  const { sql } = database;
  const text = sheet('tide,,The tide,,,,', 'ebb,,,-1,,,');
  expect(await apply(text)).toMatchObject({ status: 'not_as_shown', plan: { bad: [{ line: 3 }] } });
  const good = sheet('tide,,The tide,,,,', 'new-one,harbour,,,,,');
  const shown = agreementOf(await plan(good));
  await sql`update videos set title = 'Meanwhile' where key = 'tide'`;
  expect(await applySheet(sql, good, everything, shown, author)).toMatchObject({
    status: 'not_as_shown',
    plan: { steps: [{ before: { title: 'Meanwhile' } }, { kind: 'create' }] },
  });
  expect(await findVideo(sql, 'tide')).toMatchObject({ title: 'Meanwhile' });
  expect(await findVideo(sql, 'new-one')).toBeUndefined();
  expect(await auditLog(sql, {}, 9)).toEqual([]);
});

test('a creator reaches no video and no channel but their own', async () => {
  const harbour = await channelIdOf(database.sql, 'harbour');
  const own = (channel: ChannelId) => channel === harbour;
  const { steps, bad } = await plan(
    sheet('stone,,Taken,,,,', 'tide,quarry,,,,,move', 'mine,quarry,,,,,', 'ebb,,Mine,,,,'),
    own,
  );
  expect(steps).toMatchObject([{ key: 'ebb', kind: 'change' }]);
  expect(bad).toEqual([
    { line: 2, problem: 'the key stone is taken by a video that is not yours' },
    { line: 3, problem: 'there is no channel quarry, or it is not yours' },
    { line: 4, problem: 'there is no channel quarry, or it is not yours' },
  ]);
  expect(await written([harbour])).not.toContain('stone');
});

test('what is written is read back the same, and no cell is a formula', async () => {
  const titles = [
    '=HYPERLINK("http://evil.example")',
    '+1',
    '-1',
    '@sum',
    "'=quoted",
    'a "b", c',
    'two\nlines',
    "'plain'",
  ];
  for (const [at, title] of titles.entries()) {
    await database.sql`update videos set title = ${title} where key = 'tide'`;
    const text = await written();
    expect(text.split('\r\n')[1]).not.toMatch(/,"?[=+\-@]/);
    expect([at, readSheet(text).rows.find(({ key }) => key === 'tide')?.title]).toEqual([at, title]);
    expect((await plan(text)).steps.map(({ kind }) => kind)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  }
});

test('any cell stays what it was', () => {
  const text = fc
    .string({ unit: fc.constantFrom("'", '=', '+', '-', '@', 'a', ' ', '"', ',') })
    .map((some) => some.trim());
  fc.assert(
    fc.property(text, (cell) => {
      const cellWritten = writeCell(cell);
      const unquoted = cellWritten.startsWith('"') ? cellWritten.slice(1, -1).replaceAll('""', '"') : cellWritten;
      return readCell(unquoted) === cell && !/^[=+\-@\t\r]/.test(unquoted);
    }),
  );
});
