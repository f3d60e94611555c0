// The number that is explained is the dashboards', and the rows below it are its own.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { channelIdOf, makeVideos } from '#test/factories.ts';
import { makeTitled, recordAt } from '#test/recorded-views.ts';
import { audienceNow } from './audience-now.ts';
import { isoSeconds } from './calendar.ts';
import { channelPeople } from './channel-list.ts';
import { explain } from './explain.ts';
import { type FigureOwner, type FigureTime, timeOfMinutes } from './explain-address.ts';
import { lastHourRange } from './last-hour.ts';
import { parseRange } from './range.ts';
import { allChannels, type Subject } from './subject.ts';
import { parseTableQuery, videoTable } from './video-table.ts';
import { viewsOverTime } from './views-over-time.ts';

// Two days before, in Berlin, the clocks went forward; now it is ten past noon there.
const now = new Date('2026-03-31T10:10:30Z');
const timeZone = 'Europe/Berlin';

let database: TestDatabase;
let subjects: { owner: FigureOwner; subject: Subject }[];

beforeAll(async () => {
  database = await freshDatabase(timeZone);
  const ids = await makeVideos(database.sql, ['tide', 'storm']);
  await makeTitled(database.sql, 'kitchen', [{ key: 'soup', title: 'Soup' }]);
  await recordAt(
    database,
    [
      { video: 'tide', at: '2026-03-28T22:59:59Z', people: 3 },
      { video: 'tide', at: '2026-03-28T23:00:00Z', people: 2, bots: 1 },
      { video: 'storm', at: '2026-03-29T12:00:00Z', people: 4 },
      { video: 'tide', at: '2026-03-29T21:59:59Z', people: 1 },
      { video: 'tide', at: '2026-03-29T22:00:00Z', people: 30 },
      { video: 'soup', at: '2026-03-31T08:00:00Z', people: 6, bots: 2 },
      { video: 'tide', at: '2026-03-31T10:05:00Z', people: 5, bots: 2 },
      { video: 'storm', at: '2026-03-31T10:10:00Z', people: 1 },
    ],
    now.toISOString(),
    timeZone,
  );
  subjects = [
    { owner: {}, subject: allChannels },
    { owner: { channel: 'harbour' }, subject: { channel: await channelIdOf(database.sql, 'harbour') } },
    { owner: { video: 'tide' }, subject: { video: ids.get('tide') as VideoId } },
  ];
});

afterAll(() => database.close());

async function explained(owner: FigureOwner, time: FigureTime) {
  const found = await explain(database.db, 'all', { owner, time }, now, timeZone);
  if (found.status !== 'explained') throw new Error(`It is ${found.status}.`);
  return found;
}

async function countsOf(owner: FigureOwner, time: FigureTime) {
  return (await explained(owner, time)).counts;
}

test('the hour, today and the lifetime are explained by the numbers that the pages show', async () => {
  for (const { owner, subject } of subjects) {
    const audience = await audienceNow(database.db, subject, now, timeZone);
    const { views, botViews, today, lifetime, minutes } = audience;
    expect(await countsOf(owner, timeOfMinutes(minutes))).toEqual({ views, botViews });
    expect(await countsOf(owner, { unit: 'day', from: '2026-03-31', to: '2026-04-01' })).toEqual(today.today);
    expect(await countsOf(owner, { unit: 'total' })).toEqual(lifetime);
  }
  expect(await countsOf({}, { unit: 'total' })).toEqual({ views: 57, botViews: 5 });
});

test('each range and each of its points is explained by the chart’s numbers', async () => {
  for (const { owner, subject } of subjects) {
    for (const range of ['24h', '7d', 'month', 'all']) {
      const asked = parseRange({ range }, now, timeZone).range;
      const { points, views, botViews } = await viewsOverTime(database.db, subject, asked, now, timeZone);
      const isEver = range === 'all';
      const whole = isEver ? ({ unit: 'month' } as const) : { unit: asked.unit, from: asked.from, to: asked.to };
      expect(await countsOf(owner, whole as FigureTime)).toEqual({ views, botViews });
      for (const [index, point] of points.entries()) {
        const time = { unit: asked.unit, from: point.start, to: points[index + 1]?.start ?? asked.to } as FigureTime;
        expect(await countsOf(owner, time)).toEqual({ views: point.views, botViews: point.botViews });
      }
    }
  }
});

test('the figures of the tables are explained, and their totals', async () => {
  const { from, to } = lastHourRange(now);
  const hour = { unit: 'minute', from: isoSeconds(from), to: isoSeconds(to) } as const;
  const days = { unit: 'day', from: '2026-03-04', to: '2026-04-01' } as const;
  const people = async (owner: FigureOwner, time: FigureTime) => {
    const { views, botViews } = await countsOf(owner, time);
    return views - botViews;
  };
  const { rows, inAll } = await videoTable(database.db, 'all', parseTableQuery({}), now, timeZone);
  for (const row of rows) {
    expect(await people({ video: row.key }, hour)).toBe(row.peopleLastHour);
    expect(await people({ video: row.key }, { unit: 'total' })).toBe(row.people);
  }
  expect(await people({}, hour)).toBe(inAll?.peopleLastHour);
  expect(await people({}, { unit: 'total' })).toBe(inAll?.people);
  for (const channel of await channelPeople(database.db, 'all', now, timeZone)) {
    expect(await people({ channel: channel.handle }, days)).toBe(channel.peopleLast28Days);
  }
});

test('a day of 23 hours has its own rows: all of them where they are few, and none of its neighbours', async () => {
  const found = await explained({}, { unit: 'day', from: '2026-03-29', to: '2026-03-30' });
  expect(found.span).toMatchObject({ from: '2026-03-28T23:00:00.000Z', to: '2026-03-29T22:00:00.000Z' });
  expect(found.log).toMatchObject({ status: 'listed', day: undefined, views: 8, isBrokenOff: false });
  const rows = rowsOf(found);
  expect(rows.map(({ viewedAt, video }) => `${viewedAt} ${video}`)).toEqual([
    ...Array(3).fill('2026-03-28T23:00:00.000Z tide'),
    ...Array(4).fill('2026-03-29T12:00:00.000Z storm'),
    '2026-03-29T21:59:59.000Z tide',
  ]);
  expect(rows.filter(({ bot }) => bot === null).length).toBe(found.counts.views - found.counts.botViews);
});

test('of a longer time the latest day is listed, and says how many views it has', async () => {
  const found = await explained({ video: 'tide' }, { unit: 'day', from: '2026-03-25', to: '2026-03-31' });
  expect(found.counts.views).toBe(37);
  expect(found.log).toMatchObject({ status: 'listed', day: '2026-03-30', views: 30, archivedDays: 0 });
  expect(rowsOf(found).map(({ video }) => video)).toEqual(Array(20).fill('tide'));
  expect((await explained({ channel: 'kitchen' }, { unit: 'total' })).log).toMatchObject({
    day: '2026-03-31',
    views: 8,
  });
});

test('rows say what the log says, but never who watched', async () => {
  const [row] = rowsOf(await explained({ video: 'storm' }, { unit: 'total' }));
  expect(row).toEqual({
    id: expect.stringMatching(/^[\da-f-]{36}$/),
    viewedAt: '2026-03-31T10:10:00.000Z',
    isBot: false,
    changedFor: null,
    video: 'storm',
    title: 'Video storm',
    bot: null,
    device: 'desktop',
    browser: 'Chrome',
    os: 'Windows',
    country: null,
    site: 'example.com',
    isMuted: false,
    lane: 1,
    batch: expect.any(Number),
  });
  const viewers = await database.sql<{ viewer: string }[]>`select distinct viewer::text as viewer from video_views`;
  const all = JSON.stringify(await explained({}, { unit: 'total' }));
  expect(viewers.filter(({ viewer }) => all.includes(viewer))).toEqual([]);
});

test('the table it was read from is named; nobody’s number is none', async () => {
  expect(await explained({ video: 'tide' }, { unit: 'total' })).toMatchObject({
    table: 'video_totals',
    grain: 'total',
  });
  expect(await explained({}, { unit: 'month' })).toMatchObject({ table: 'channel_months', name: undefined });
  const unknown = await explain(
    database.db,
    'all',
    { owner: { video: "x' or 1" }, time: { unit: 'total' } },
    now,
    timeZone,
  );
  expect(unknown).toEqual({ status: 'unknown', owner: { video: "x' or 1" } });
  expect((await explained({ video: 'soup' }, { unit: 'day', from: '2026-03-01', to: '2026-03-02' })).log).toEqual({
    status: 'empty',
  });
});

function rowsOf({ log }: Awaited<ReturnType<typeof explained>>) {
  return log.status === 'listed' ? log.rows : [];
}
