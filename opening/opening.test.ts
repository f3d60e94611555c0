// What is entered stands beside every total, never in it, and goes without a trace when it is reversed.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Author, auditEntriesOf } from '#accounts/audit-entries.ts';
import { auditLog } from '#accounts/audit-log.ts';
import { audienceNow } from '#reports/audience-now.ts';
import { channelList } from '#reports/channel-list.ts';
import { explain } from '#reports/explain.ts';
import { openingOverTime, withOpening } from '#reports/opening-over-time.ts';
import { beginning } from '#reports/range.ts';
import { allChannels, type Subject } from '#reports/subject.ts';
import { videoCount } from '#reports/video-count.ts';
import { parseTableQuery, videoTable } from '#reports/video-table.ts';
import { viewsOverTime } from '#reports/views-over-time.ts';
import { checkInvariants } from '#rollups/checker.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { channelIdOf, makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { storedRows } from '#test/stored-rows.ts';
import { deleteVideo } from '#videos/delete-video.ts';
import { mergeVideo } from '#videos/merge-video.ts';
import { moveVideo } from '#videos/move-video.ts';
import { undoMerge } from '#videos/undo-merge.ts';
import { type Entered, enterBalances } from './enter-balances.ts';
import { listEntries } from './list-entries.ts';
import type { NewBalance } from './new-balance.ts';
import { reverseEntry } from './reverse-entry.ts';

const now = new Date('2026-03-10T12:00:00Z');
const author: Author = { actor: 'command', now };
const today = '2026-03-10';
const studio = 'YouTube Studio';
const lifetimeOf = (video: string, views: number): NewBalance => ({ video, views, source: studio });

let database: TestDatabase;
let videos: Map<string, number>;

beforeAll(async () => {
  database = await freshDatabase();
  videos = await makeVideos(database.sql, ['tide', 'storm', 'reef', 'gone']);
  await makeVideos(database.sql, ['granite'], 'quarry');
  const views = [
    { video: 'tide', at: '2026-03-05T10:00:00Z', people: 3, bots: 1 },
    { video: 'granite', at: '2026-03-06T10:00:00Z', people: 2 },
  ];
  await recordAt(database, views, now.toISOString());
});
beforeEach(() => database.sql`truncate opening_balances`);
afterAll(() => database.close());

const enter = (...balances: NewBalance[]) => enterBalances(database.sql, balances, { whose: null, author, today });

async function mustEnter(...balances: NewBalance[]): Promise<number> {
  const entered = await enter(...balances);
  if (entered.status !== 'entered') throw new Error(JSON.stringify(entered));
  return entered.entry;
}

const problemsOf = (entered: Entered) =>
  entered.status === 'refused' ? entered.problems.map((one) => one.problem) : [];
const subjectOf = async (handle: string): Promise<Subject> => ({ channel: await channelIdOf(database.sql, handle) });

/** What is shown of one subject beside its lifetime. */
async function openingOf(subject: Subject): Promise<number> {
  return (await audienceNow(database.db, subject, now, 'UTC')).opening.views;
}

/** Beside the totals of harbour, quarry, and all. */
async function openings(): Promise<number[]> {
  return Promise.all([await subjectOf('harbour'), await subjectOf('quarry'), allChannels].map(openingOf));
}

test('a lifetime count stands beside the total of its video, its channel and all, and in none of them', async () => {
  const before = await audienceNow(database.db, allChannels, now, 'UTC');
  await mustEnter(lifetimeOf('tide', 980_000), { video: 'granite', views: 20, source: 'Vimeo' });
  const after = await audienceNow(database.db, allChannels, now, 'UTC');
  expect(after).toEqual({ ...before, opening: { views: 980_020, sources: [studio, 'Vimeo'] } });
  expect(await openings()).toEqual([980_000, 20, 980_020]);
  const channels = await channelList(database.db, 'all', now, 'UTC');
  expect(channels.map(({ handle, people, opening }) => [handle, people, opening])).toEqual([
    ['harbour', 3, 980_000],
    ['quarry', 2, 20],
  ]);
  const { rows, inAll } = await videoTable(database.db, 'all', parseTableQuery({}), now, 'UTC');
  expect(rows.map(({ key, people, opening }) => [key, people, opening])).toEqual([
    ['tide', 3, 980_000],
    ['granite', 2, 20],
    ['storm', 0, 0],
    ['reef', 0, 0],
    ['gone', 0, 0],
  ]);
  expect(inAll).toMatchObject({ people: 5, opening: 980_020 });
  expect(await videoCount(database.db, 'tide')).toMatchObject({ views: 4, people: 3, openingViews: 980_000 });
});

test('an explanation names what stands beside a total, and who entered it', async () => {
  const entry = await mustEnter(lifetimeOf('tide', 980_000));
  const explained = await explain(
    database.db,
    'all',
    { owner: { video: 'tide' }, time: { unit: 'total' } },
    now,
    'UTC',
  );
  expect(explained).toMatchObject({
    counts: { views: 4, botViews: 1 },
    opening: {
      ...{ views: 980_000, inAll: 1 },
      entries: [
        { entry, source: studio, views: 980_000, enteredBy: 'the command line', enteredAt: '2026-03-10T12:00:00Z' },
      ],
    },
  });
});

test('counts by the day are on charts as a part of their own, months before the first view too', async () => {
  const daily = (day: string, views: number): NewBalance => ({ ...lifetimeOf('tide', views), day });
  await mustEnter(daily('2025-12-31', 7), daily('2026-02-28', 5), daily('2026-03-04', 11), lifetimeOf('storm', 1_000));
  const subject = await subjectOf('harbour');
  const read = async (range: { unit: 'day' | 'month'; from: string; to: string }) => {
    const { points } = await viewsOverTime(database.db, subject, range, now, 'UTC');
    const overTime = await openingOverTime(database.db, subject, range);
    const shown = withOpening(points, overTime, range).map(({ start, views, opening }) => [start, views, opening]);
    return { shown, opening: overTime.opening.views };
  };
  expect(await read({ unit: 'day', from: '2026-03-03', to: '2026-03-06' })).toEqual({
    shown: [
      ['2026-03-03', 0, 0],
      ['2026-03-04', 0, 11],
      ['2026-03-05', 4, 0],
    ],
    opening: 11,
  });
  expect(await read({ unit: 'month', from: beginning, to: '2026-04-01' })).toEqual({
    shown: [
      ['2025-12-01', 0, 7],
      ['2026-01-01', 0, 0],
      ['2026-02-01', 0, 5],
      ['2026-03-01', 4, 11],
    ],
    opening: 1_023,
  });
  const time = { unit: 'day', from: '2026-02-01', to: '2026-03-05' } as const;
  expect(await explain(database.db, 'all', { owner: { video: 'tide' }, time }, now, 'UTC')).toMatchObject({
    opening: { views: 16 },
  });
});

test('reversed, every row of every table is what it was, but for what was entered and the audit', async () => {
  const { opening_balances: _, audit_entries: __, ...before } = await storedRows(database.sql);
  const shown = await audienceNow(database.db, allChannels, now, 'UTC');
  const entry = await mustEnter(lifetimeOf('tide', 980_000), lifetimeOf('granite', 5));
  expect(await checkInvariants(database.sql, now, 'UTC')).not.toContainEqual(expect.objectContaining({ holds: false }));
  const later = { actor: 'key:bo_1a2b3c4d', now: new Date('2026-03-11T08:00:00Z') } as const;
  expect(await reverseEntry(database.sql, entry, null, later)).toEqual({
    ...{ status: 'reversed', entry, balances: 2, views: 980_005 },
  });
  const { opening_balances: kept, audit_entries: ___, ...after } = await storedRows(database.sql);
  expect(after).toEqual(before);
  expect(kept).toHaveLength(2);
  expect(await audienceNow(database.db, allChannels, now, 'UTC')).toEqual(shown);
  expect(await reverseEntry(database.sql, entry, null, author)).toEqual({
    ...{ status: 'reversed_before', entry, on: '2026-03-11', by: 'the key bo_1a2b3c4d' },
  });
  expect(await reverseEntry(database.sql, 999, null, author)).toEqual({ status: 'unknown' });
  const trail = await auditEntriesOf(database.sql, `opening:${entry}`, { limit: 9 });
  expect(trail.map(({ action, actor }) => [action, actor])).toEqual([
    ['opening.reverse', 'key:bo_1a2b3c4d'],
    ['opening.enter', 'command'],
  ]);
  expect(trail[1]?.after).toEqual({
    ...{ balances: 2, videos: 2, views: 980_005, sources: [studio], keys: ['tide', 'granite'] },
  });
});

test('whoever has some channels neither finds the videos of others nor reverses an entry that has some', async () => {
  const whose = new Set([await channelIdOf(database.sql, 'harbour')]);
  const theirs = { whose, author, today };
  expect(problemsOf(await enterBalances(database.sql, [lifetimeOf('granite', 1)], theirs))).toEqual([
    'There is no video granite in these channels.',
  ]);
  const shared = await mustEnter(lifetimeOf('tide', 4), lifetimeOf('granite', 100));
  const foreign = await mustEnter({ ...lifetimeOf('granite', 1), source: 'Vimeo' });
  expect(await reverseEntry(database.sql, shared, whose, author)).toEqual({ status: 'of_others' });
  expect(await reverseEntry(database.sql, foreign, whose, author)).toEqual({ status: 'unknown' });
  expect(await listEntries(database.sql, whose, { limit: 9 })).toMatchObject([
    { entry: shared, views: 4, balances: 1, keys: ['tide'], sources: [studio], isTheirs: false },
  ]);
  const own = await enterBalances(database.sql, [lifetimeOf('storm', 6)], theirs);
  expect(own).toMatchObject({ status: 'entered' });
  if (own.status !== 'entered') return;
  expect(await reverseEntry(database.sql, own.entry, whose, author)).toMatchObject({ status: 'reversed' });
});

test('counts follow a video that is moved or merged, come back when the merge is undone, and go with it when it is deleted', async () => {
  const { sql } = database;
  await mustEnter(lifetimeOf('storm', 40), lifetimeOf('gone', 2));
  expect(await openings()).toEqual([42, 0, 42]);
  expect(await moveVideo(sql, 'storm', 'quarry', author)).toMatchObject({ status: 'moved' });
  expect(await openings()).toEqual([2, 40, 42]);
  expect(await mergeVideo(sql, 'gone', 'granite', author)).toMatchObject({ status: 'merged' });
  expect(await openings()).toEqual([0, 42, 42]);
  expect(await videoCount(database.db, 'gone')).toMatchObject({ key: 'granite', openingViews: 2 });
  const channels = await channelList(database.db, 'all', now, 'UTC');
  expect(channels.map(({ handle, opening }) => [handle, opening])).toEqual([
    ['harbour', 0],
    ['quarry', 42],
  ]);
  // Under the key that leads to the other: it comes back with the rest.
  await mustEnter({ ...lifetimeOf('gone', 3), source: 'Vimeo' });
  expect(await undoMerge(sql, 'gone', author)).toMatchObject({ status: 'undone' });
  expect(await openings()).toEqual([5, 40, 45]);
  const entries = await listEntries(sql, null, { limit: 9, video: videos.get('gone') as never });
  expect(entries.map(({ views }) => views)).toEqual([3, 2]);
  expect(await deleteVideo(sql, 'gone', author)).toMatchObject({ status: 'deleted', lost: { openingViews: 5 } });
  expect(await openings()).toEqual([0, 40, 40]);
  expect(problemsOf(await enter(lifetimeOf('gone', 1)))).toEqual(['There is no video gone.']);
});

test('the audit log finds what was entered for a video, and taken back, by a piece of its key', async () => {
  await database.sql`truncate audit_entries`;
  const entry = await mustEnter(lifetimeOf('tide', 5), lifetimeOf('storm', 6));
  await mustEnter(lifetimeOf('reef', 7));
  await reverseEntry(database.sql, entry, null, author);
  const found = async (subject: string) => (await auditLog(database.sql, { subject }, 9)).map(({ action }) => action);
  expect(await found('STOR')).toEqual(['opening.reverse', 'opening.enter']);
  expect(await found(`opening:${entry}`)).toEqual(['opening.reverse', 'opening.enter']);
  expect(await found('granite')).toEqual([]);
});
