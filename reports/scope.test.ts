// What a creator is told: the sums over their channels, of everything that a page reads, and of other channels not even that they exist.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChannelId, VideoId } from '#db/schema.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, channelIdOf, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { mergeVideo } from '#videos/merge-video.ts';
import { moveVideo } from '#videos/move-video.ts';
import { type AudienceNow, audienceNow } from './audience-now.ts';
import { channelByHandle } from './channel-by-handle.ts';
import { channelList } from './channel-list.ts';
import { explain } from './explain.ts';
import type { FigureTime } from './explain-address.ts';
import { lastViewDate } from './last-view.ts';
import { notCounted } from './not-counted.ts';
import { overviewNow } from './overview-now.ts';
import { periodBefore } from './period-before.ts';
import { parseRange } from './range.ts';
import { receipt } from './receipt.ts';
import { screenedByReason } from './screened-by-reason.ts';
import type { Counts, Subject } from './subject.ts';
import { parseTableQuery } from './table-query.ts';
import { videoByKey } from './video-by-key.ts';
import { videoTable } from './video-table.ts';
import { viewsOverTime } from './views-over-time.ts';

const zone = 'Europe/Berlin';
const now = new Date('2026-03-10T12:00:30Z');
const [hourMs, dayMs] = [3_600_000, 86_400_000];
const handles = ['harbour', 'quarry', 'meadow'] as const;
type Handle = (typeof handles)[number];
const keys = handles.flatMap((handle) => [1, 2, 3].map((n) => `${handle}-${n}`));
const creators: { name: string; own: Handle[] }[] = [
  { name: 'a creator of two channels', own: ['harbour', 'quarry'] },
  { name: 'a creator of the third', own: ['meadow'] },
  { name: 'a creator of none', own: [] },
];

let database: TestDatabase;
let ingest: TestIngest;
const channels = new Map<Handle, ChannelId>();
const videos = new Map<string, VideoId>();
const sentIds = new Map<string, string>();

beforeAll(async () => {
  database = await freshDatabase(zone);
  for (const handle of handles) {
    const made = await makeVideos(
      database.sql,
      keys.filter((key) => key.startsWith(handle)),
      handle,
    );
    for (const [key, id] of made) videos.set(key, id);
    channels.set(handle, await channelIdOf(database.sql, handle));
  }
  ingest = await openIngest(database, () => now.getTime());
  await recordViews(ingest, sample(300, 7), person);
  await recordViews(ingest, sample(90, 8), bot);
  const refused = sample(60, 9).map(({ video }) => viewOf(video, now.getTime() - 8 * dayMs));
  await recordViews(ingest, [...refused, viewOf('unheard-of', now.getTime())], {
    ...person,
    origin: 'https://site.example',
  });
  await rollUp(database.sql, now, zone);
  const author = { actor: 'command', now } as const;
  // Its history goes with it, under the name that its new channel knows it by.
  await database.sql`update videos set key = 'quarry-4', title = 'Video quarry-4' where key = 'harbour-3'`;
  expect(await moveVideo(database.sql, 'quarry-4', 'quarry', author)).toMatchObject({ status: 'moved' });
  expect(await mergeVideo(database.sql, 'quarry-1', 'quarry-2', author)).toMatchObject({ status: 'merged' });
});

afterAll(async () => {
  await ingest.close();
  await database.close();
});

/** Views of any video, in the last two hours, three days, or six days. */
function sample(count: number, seed: number) {
  const age = fc.oneof(...[2 * hourMs, 3 * dayMs, 6 * dayMs].map((max) => fc.integer({ min: 0, max })));
  const views = fc.array(fc.record({ video: fc.constantFrom(...keys), age }), { minLength: count, maxLength: count });
  const [drawn = []] = fc.sample(views, { numRuns: 1, seed });
  return drawn.map(({ video, age }) => {
    const view = viewOf(video, now.getTime() - age);
    sentIds.set(view.id, video);
    return view;
  });
}

const sum = (all: Counts[]): Counts =>
  all.reduce((total, one) => ({ views: total.views + one.views, botViews: total.botViews + one.botViews }), {
    views: 0,
    botViews: 0,
  });

describe.each(creators)('$name', ({ own }) => {
  const scope = () => own.map((handle) => channels.get(handle) as ChannelId);
  const together = (): Subject => ({ channels: scope() });
  const each = <T>(read: (subject: Subject) => Promise<T>) => Promise.all(scope().map((channel) => read({ channel })));
  const told: unknown[] = [];
  const tell = async <T>(report: Promise<T>): Promise<T> => {
    told.push(await report);
    return report;
  };

  test('is told the sums over their channels of what is now', async () => {
    const { db } = database;
    const found = await tell(audienceNow(db, together(), now, zone));
    const parts = await each((subject) => audienceNow(db, subject, now, zone));
    const of = (part: (audience: AudienceNow) => Counts) => sum(parts.map(part));
    expect({ views: found.views, botViews: found.botViews }).toEqual(of((one) => one));
    expect(found.hourBefore).toEqual(of((one) => one.hourBefore));
    expect(found.lifetime).toEqual(of((one) => one.lifetime));
    expect(found.today.today).toEqual(of((one) => one.today.today));
    expect(found.today.yesterdaySoFar).toEqual(of((one) => one.today.yesterdaySoFar));
    expect(found.today.hasYesterday).toBe(parts.some((one) => one.today.hasYesterday));
    found.minutes.forEach(({ minute, ...counts }, n) => {
      expect(counts).toEqual(of((one) => one.minutes[n] ?? { views: 0, botViews: 0 }));
    });
    expect(found.lifetime.views > 0).toBe(own.length > 0);
  });

  test.each(['24h', '7d', '365d', 'all'])('and over time (%s)', async (preset) => {
    const { db } = database;
    const { range } = parseRange({ range: preset }, now, zone);
    const found = await tell(viewsOverTime(db, together(), range, now, zone));
    const parts = await each((subject) => viewsOverTime(db, subject, range, now, zone));
    for (const { start, views, botViews } of found.points) {
      const same = parts.flatMap(({ points }) => points.filter((point) => point.start === start));
      expect({ views, botViews }).toEqual(sum(same));
    }
    expect({ views: found.views, botViews: found.botViews }).toEqual(sum(parts));
    const before = await periodBefore(db, together(), range);
    const partsBefore = await each((subject) => periodBefore(db, subject, range));
    if (before) expect({ ...sum(partsBefore.flatMap((one) => one ?? [])), length: before.length }).toEqual(before);
    const dates = await each((subject) => lastViewDate(db, subject));
    expect(await lastViewDate(db, together())).toBe(dates.sort().at(-1));
  });

  test('sees the lists as they would be without the others', async () => {
    const { db } = database;
    const [found, all] = [await tell(overviewNow(db, scope(), now, zone)), await overviewNow(db, 'all', now, zone)];
    const isOwn = (handle: string) => own.some((one) => one === handle);
    expect(all.top.length).toBeGreaterThan(5);
    expect(found.top).toEqual(all.top.filter(({ channelName }) => isOwn(channelName)));
    expect(found.channels).toEqual(all.channels.filter(({ handle }) => isOwn(handle)));
    expect(await tell(channelList(db, scope(), now, zone))).toEqual(found.channels);
    for (const params of [
      {},
      { sort: 'title' },
      { sort: 'last-hour', direction: 'asc' },
      { search: '2' },
      { search: 'o' },
    ]) {
      const query = parseTableQuery(params);
      const table = await tell(videoTable(db, scope(), query, now, zone));
      const whole = await videoTable(db, 'all', query, now, zone);
      expect(table.rows).toEqual(whole.rows.filter(({ channelHandle }) => isOwn(channelHandle)));
      expect(table.total).toBe(table.rows.length);
      const people = table.rows.reduce((total, row) => total + row.people, 0);
      if (!query.search && own.length > 0) expect(table.inAll?.people).toBe(people);
    }
  });

  test.each<[string, FigureTime]>([
    ['the hour', { unit: 'minute', from: '2026-03-10T11:01:00Z', to: '2026-03-10T12:01:00Z' }],
    ['a day', { unit: 'day', from: '2026-03-09', to: '2026-03-10' }],
    ['all time', { unit: 'total' }],
  ])('has %s explained, with the rows and the refusals of their own', async (_, time) => {
    const found = await tell(explain(database.db, scope(), { owner: {}, time }, now, zone));
    if (found.status !== 'explained') throw new Error(`It is ${found.status}.`);
    const parts = await Promise.all(
      own.map(async (channel) => {
        const part = await explain(database.db, 'all', { owner: { channel }, time }, now, zone);
        if (part.status !== 'explained') throw new Error(`It is ${part.status}.`);
        return part;
      }),
    );
    expect(found.counts).toEqual(sum(parts.map(({ counts }) => counts)));
    const refused = (one: typeof found) => one.refusals?.rejected.reduce((total, { views }) => total + views, 0) ?? 0;
    expect(refused(found)).toBe(parts.reduce((total, part) => total + refused(part), 0));
    expect(found.proof).toMatchObject({ logViews: null, laterViews: null });
    if (found.counts.views > 0) expect(found.log).toMatchObject({ status: 'listed' });
  });

  test('sees what was refused of their own videos, and nothing of unknown ones', async () => {
    const { db } = database;
    const { range } = parseRange({ range: '7d' }, now, zone);
    const found = await tell(notCounted(db, scope(), range, { reason: undefined, subject: together() }, now, zone));
    // One was moved there, with its refusals.
    const rows = await Promise.all(
      [...videos].map(async ([key, video]) => ({
        handle: key === 'harbour-3' ? 'quarry' : key.split('-')[0],
        refused: (await screenedByReason(db, range, { video })).refused,
      })),
    );
    const expected = rows.filter(({ handle }) => own.some((one) => one === handle));
    expect(found.byReason.refused).toBe(expected.reduce((total, { refused }) => total + refused, 0));
    expect(found.today.refused).toBe(found.byReason.refused);
    expect(found.byVideo.videos.every(({ key }) => key !== null)).toBe(true);
    const all = await notCounted(db, 'all', range, { reason: undefined, subject: { channels: 'all' } }, now, zone);
    expect(all.byReason.refused).toBe(61);
  });

  test('finds own videos, channels and receipts; those of others are as unknown as what was never made', async () => {
    const { db } = database;
    for (const handle of handles) {
      const isOwn = own.includes(handle);
      expect((await channelByHandle(db, scope(), handle)) !== undefined).toBe(isOwn);
      const key = `${handle}-2`;
      expect((await videoByKey(db, scope(), key)) !== undefined).toBe(isOwn);
      for (const owner of [{ video: key }, { channel: handle }]) {
        const found = await explain(db, scope(), { owner, time: { unit: 'total' } }, now, zone);
        expect(found.status).toBe(isOwn ? 'explained' : 'unknown');
      }
      const [id = ''] = [...sentIds].find(([, video]) => video === key) ?? [];
      const found = await receipt(db, scope(), id, zone);
      expect(await receipt(db, 'all', id, zone)).toMatchObject({ status: 'counted' });
      if (isOwn) expect(found).toMatchObject({ status: 'counted', views: [{ video: key }] });
      else expect(found).toEqual({ id, status: 'unknown' });
    }
  });

  test('and nothing they are told has a name of another channel in it', () => {
    const text = JSON.stringify(told);
    expect(told.length).toBeGreaterThan(10);
    for (const handle of handles) expect(text.includes(handle)).toBe(own.includes(handle));
    expect(text).not.toContain('unheard-of');
  });
});
