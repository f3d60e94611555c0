import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { chrome } from '#test/factories.ts';
import { openTextImport, type TextImport } from '#test/import-text.ts';

let world: TextImport;
const make = ['--create-videos', 'old-films'];

beforeAll(async () => {
  world = await openTextImport();
});
beforeEach(() => world.clear());
afterAll(() => world.close());

const taken = async () => (await world.views()).map(({ key, at }) => `${key} ${at}`);

test('CSV may quote delimiters, quotes and newlines', async () => {
  const csv = [
    'title,time,video',
    '"Tide, rising",2026-03-01T10:00:00Z,tide',
    '"The ""great"" storm\nin two lines",2026-03-01T11:00:00Z,"storm"',
    'Plain,2026-03-01T12:00:00Z,plain',
  ].join('\n');
  const { tally, videosMade } = await world.run('a.csv', csv, ...make);
  expect(tally).toMatchObject({ lines: 3, counted: 3 });
  expect(videosMade).toBe(3);
  expect(await taken()).toEqual([
    'tide 2026-03-01 10:00:00.000',
    'storm 2026-03-01 11:00:00.000',
    'plain 2026-03-01 12:00:00.000',
  ]);
  const titles = await world.database.sql`select title, published_at::text from videos order by key desc`;
  expect(titles).toEqual([
    { title: 'Tide, rising', published_at: '2026-03-01 10:00:00+00' },
    { title: 'The "great" storm\nin two lines', published_at: '2026-03-01 11:00:00+00' },
    { title: 'Plain', published_at: '2026-03-01 12:00:00+00' },
  ]);
});

test('a video that is made takes source and duration from its first line, and one that exists keeps its own', async () => {
  const csv = [
    'time,video,source,duration',
    '2026-03-01T10:00:00Z,tide,https://films.example/tide.mp4,61.4',
    '2026-03-01T11:00:00Z,storm,newsletter,1:30',
    '2026-03-01T12:00:00Z,ebb,,',
  ].join('\n');
  const { tally } = await world.run('a.csv', csv, ...make);
  expect(tally).toMatchObject({ lines: 3, counted: 3 });
  await world.run('b.csv', 'time,video,source,duration\n2026-03-02T10:00:00Z,tide,/clip.webm,6\n', ...make);
  expect(await world.database.sql`select key, source_url, duration_seconds from videos order by key`).toEqual([
    { key: 'ebb', source_url: null, duration_seconds: null },
    { key: 'storm', source_url: null, duration_seconds: null },
    { key: 'tide', source_url: 'https://films.example/tide.mp4', duration_seconds: 61 },
  ]);
});

test('CSV may come with semicolons, a byte order mark, CRLF, blank lines, unknown columns and no last newline', async () => {
  const csv = '\uFEFFVideo;Colour;Time\r\ntide;red;2026-03-01T10:00:00Z\r\n\r\n"storm";"";"2026-03-01T11:00:00Z"';
  const { tally } = await world.run('a.csv', csv, ...make);
  expect(tally).toMatchObject({ lines: 3, counted: 2, skipped: 1 });
  expect(await taken()).toEqual(['tide 2026-03-01 10:00:00.000', 'storm 2026-03-01 11:00:00.000']);
});

test('CSV without a header takes its columns from the command line', async () => {
  const csv = '2026-03-01T10:00:00Z,"x, y",tide\n2026-03-01T11:00:00Z,z,storm\n';
  await world.run('a.csv', csv, '--format', 'csv', '--columns', 'time,_,video', ...make);
  expect(await taken()).toEqual(['tide 2026-03-01 10:00:00.000', 'storm 2026-03-01 11:00:00.000']);
});

test('newline-delimited JSON has the columns as keys', async () => {
  const ndjson = [
    '{"time":1772359200000,"video":"tide","page":"https://www.paper.example/a","country":"de","extra":[1]}',
    '{"time":1772362800000,"video":"storm","referrer":"https://search.example/?q=storm","country":null}',
  ].join('\n');
  await world.run('a.ndjson', ndjson, ...make);
  expect(await world.views('site', 'referrer', 'country')).toEqual([
    { key: 'tide', at: '2026-03-01 10:00:00.000', site: 'paper.example', referrer: null, country: 'DE' },
    { key: 'storm', at: '2026-03-01 11:00:00.000', site: null, referrer: 'search.example', country: null },
  ]);
});

test('an access log gives the successful GETs of videos, each with the page it stands on', async () => {
  const log = [
    '192.0.2.1 - - [01/Mar/2026:11:00:00 +0100] "GET /videos/tide?t=1 HTTP/1.1" 206 5000 "https://paper.example/a" "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"',
    '192.0.2.2 - anna [01/Mar/2026:11:00:01 +0100] "GET /videos/storm HTTP/2.0" 200 - "-" "Googlebot/2.1 (+http://www.google.com/bot.html)"',
    '192.0.2.3 - - [01/Mar/2026:11:00:02 +0100] "GET /videos/quoted HTTP/1.1" 200 17 "-" "Mozilla/5.0 (\\"X11\\"; \\x22Linux x86_64\\x22) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36"',
    '192.0.2.4 - - [01/Mar/2026:11:00:03 +0100] "GET /videos/no%2Dagent HTTP/1.1" 200 17 "-" "-"',
    '192.0.2.1 - - [01/Mar/2026:11:00:04 +0100] "POST /videos/tide HTTP/1.1" 200 5 "-" "curl/8"',
    '192.0.2.1 - - [01/Mar/2026:11:00:05 +0100] "GET /videos/tide HTTP/1.1" 404 5 "-" "curl/8"',
    '192.0.2.1 - - [01/Mar/2026:11:00:06 +0100] "GET /style.css HTTP/1.1" 200 5 "-" "curl/8"',
    '192.0.2.5 - - [01/Mar/2026:11:00:07 +0100] "GET /videos/common HTTP/1.1" 200 17',
    'no log line at all',
  ].join('\n');
  const { tally } = await world.run('access.log', log, '--video-pattern', '/videos/([^/?]+)', ...make);
  expect(tally).toMatchObject({ lines: 9, counted: 5, skipped: 3 });
  expect(tally.examples).toEqual([{ number: 9, message: 'is not a line of a combined log' }]);
  expect(await world.views('site', 'bot')).toEqual([
    { key: 'tide', at: '2026-03-01 10:00:00.000', site: 'paper.example', bot: null },
    { key: 'storm', at: '2026-03-01 10:00:01.000', site: null, bot: 'declared_bot' },
    { key: 'quoted', at: '2026-03-01 10:00:02.000', site: null, bot: null },
    { key: 'no-agent', at: '2026-03-01 10:00:03.000', site: null, bot: 'no_user_agent' },
    { key: 'common', at: '2026-03-01 10:00:07.000', site: null, bot: null },
  ]);
});

test('columns may stand between tabs, with a header to leave out', async () => {
  const table = 'a\tb\tc\ntide\t\t2026-03-01 10:00:00\nstorm\tx\t2026-03-01 11:00:00\n';
  await world.run('a.tsv', table, '--columns', 'video,_,time', '--delimiter', '\\t', '--header', ...make);
  expect(await taken()).toEqual(['tide 2026-03-01 10:00:00.000', 'storm 2026-03-01 11:00:00.000']);
});

test('any number of spaces is one delimiter', async () => {
  const table = '  1772359200.5   x  tide\n1772362800 longer storm \n';
  await world.run('a.txt', table, '--columns', 'time,_,video', ...make);
  expect(await taken()).toEqual(['tide 2026-03-01 10:00:00.500', 'storm 2026-03-01 11:00:00.000']);
});

test('a file that ends in .gz is unpacked on the way', async () => {
  const csv = `time,video\n${'2026-03-01T10:00:00Z,tide\n'.repeat(5_000)}`;
  const { tally } = await world.run('a.csv.gz', gzipSync(csv), ...make);
  expect(tally).toMatchObject({ lines: 5_000, counted: 5_000 });
});

test('names that no key can hold are escaped, and stay the title', async () => {
  await world.run('a.csv', 'time,video\n2026-03-01T10:00:00Z,a&b\n', ...make);
  expect(await world.database.sql`select key, title from videos`).toEqual([{ key: 'a~26b', title: 'a&b' }]);
});

test('an import knows no country that its file does not name, and takes nobody for too fast', async () => {
  const line = `141.20.1.1 - - [01/Mar/2026:11:00:00 +0100] "GET /videos/tide HTTP/1.1" 200 17 "-" "${chrome}"\n`;
  await world.run('access.log', line.repeat(700), '--video-pattern', '/videos/([^/?]+)', ...make);
  const views = await world.views('country', 'bot');
  expect(views).toHaveLength(700);
  expect(new Set(views.map(({ country, bot }) => `${country} ${bot}`))).toEqual(new Set(['null null']));
});
