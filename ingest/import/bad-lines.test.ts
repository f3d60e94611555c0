import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTextImport, type TextImport } from '#test/import-text.ts';
import { maxLineBytes } from './split-lines.ts';

let world: TextImport;

beforeAll(async () => {
  world = await openTextImport();
});
beforeEach(() => world.clear());
afterAll(() => world.close());

const good = '2026-03-01T10:00:00Z,tide';
const make = ['--create-videos', 'old-films'];

test.each([
  ['a bad time', 'yesterday,tide', 'invalid_time', '"yesterday" is no time'],
  ['no time', ',tide', 'invalid_time', 'has no time'],
  ['a time before video', '1994-12-31T00:00:00Z,tide', 'invalid_time', '1994-12-31T00:00:00.000Z is before 1995'],
  ['a time to come', '2026-06-15T12:01:01Z,tide', 'in_future', '2026-06-15T12:01:01.000Z has not come yet'],
  ['no video', '2026-03-01T10:00:00Z,', 'invalid_video', 'has no video'],
  ['a video that is a URL', '2026-03-01T10:00:00Z,https://a.example/x', 'invalid_video', /is no key/],
  ['too few columns', '2026-03-01T10:00:00Z', 'unreadable', 'has 1 columns where the header has 2'],
  ['a NUL byte', '2026-03-01T10:00:00Z,ti\0de', 'unreadable', 'has a NUL byte'],
  ['bytes that are not UTF-8', '2026-03-01T10:00:00Z,ti\xffde', 'unreadable', 'is not UTF-8'],
  ['an open quote', '"2026-03-01T10:00:00Z,tide', 'unreadable', 'its quotes do not match'],
  ['a megabyte', 'x'.repeat(1_000_000), 'unreadable', `has more than ${maxLineBytes} bytes`],
])('a line with %s is rejected by itself, told, and kept byte for byte', async (_, bad, reason, message) => {
  const content = Buffer.from(`time,video\n${good}\n${bad}\n2026-03-01T11:00:00Z,storm\n`, 'latin1');
  const { tally, rejectedPath } = await world.run('a.csv', content, ...make);
  expect(tally).toMatchObject({ lines: 3, counted: 2, rejected: new Map([[reason, 1]]) });
  expect(tally.examples).toEqual([{ number: 3, message: expect.stringMatching(message) }]);
  expect(rejectedPath).toMatch(/a\.csv\.rejected$/);
  expect(await world.rejected('a.csv')).toBe(`time,video\n${bad}\n`);
});

test('a video that does not exist is rejected unless the import is told to make it', async () => {
  await world.run('first.csv', `time,video\n${good}\n`, ...make);
  const { tally } = await world.run('a.csv', `time,video\n${good}\n2026-03-01T11:00:00Z,storm\n`);
  expect(tally).toMatchObject({ duplicates: 1, rejected: new Map([['unknown_video', 1]]) });
  expect(tally.examples).toEqual([{ number: 3, message: 'there is no video storm (--create-videos makes it)' }]);
});

test('a country that is no code is rejected', async () => {
  const csv = `time,video,country\n${good},Germany\n${good},fr\n`;
  const { tally } = await world.run('a.csv', csv, ...make);
  expect(tally).toMatchObject({ counted: 1, rejected: new Map([['invalid_country', 1]]) });
});

test('a day whose log is archived takes nothing, its neighbours do', async () => {
  await world.database.sql`insert into log_archives (day, views, archived_at) values ('2025-03-02', 5, now())`;
  const csv = 'time,video\n2025-03-01T23:59:59Z,tide\n2025-03-02T00:00:00Z,tide\n2025-03-03T00:00:00Z,tide\n';
  const { tally } = await world.run('a.csv', csv, ...make);
  expect(tally).toMatchObject({ counted: 2, rejected: new Map([['archived', 1]]) });
  expect(await world.rejected('a.csv')).toBe('time,video\n2025-03-02T00:00:00Z,tide\n');
});

test('what was rejected can be mended and imported by itself', async () => {
  const csv = 'time,video\n2026-03-01T10:00:00Z,tide\n2026-03-01T11:00:00Z,storm\n';
  await world.run('a.csv', csv, '--dry-run', ...make);
  await world.run('a.csv', 'time,video\n2026-03-01T10:00:00Z,tide\nsoon,storm\n', ...make);
  const mended = (await world.rejected('a.csv'))?.replace('soon', '2026-03-01T11:00:00Z') ?? '';
  const { tally } = await world.run('mended.csv', mended, ...make);
  expect(tally).toMatchObject({ lines: 1, counted: 1 });
  expect((await world.run('a.csv', csv, ...make)).tally).toMatchObject({ counted: 0, duplicates: 2 });
  // And the file of the first try is gone.
  expect(await world.rejected('a.csv')).toBeUndefined();
});

test('the first twenty are shown', async () => {
  const { tally } = await world.run('a.csv', `time,video\n${'x,tide\n'.repeat(30)}`, '--time-format', 'iso');
  expect(tally.examples.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, i) => i + 2));
  expect(tally.rejected).toEqual(new Map([['invalid_time', 30]]));
});
