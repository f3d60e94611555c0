// What an explanation says of what was not counted, not proved, or not kept.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { recordViews } from '#ingest/record-views.ts';
import { closeDay } from '#rollups/close-day.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { explain } from './explain.ts';
import type { FigureOwner, FigureTime } from './explain-address.ts';

const noon = Date.parse('2026-03-10T12:00:00Z');
const march10: FigureTime = { unit: 'day', from: '2026-03-10', to: '2026-03-11' };
const hour: FigureTime = { unit: 'hour', from: '2026-03-10T12:00:00Z', to: '2026-03-10T13:00:00Z' };
let now = noon;
let database: TestDatabase;
let ingest: TestIngest;

beforeEach(async () => {
  now = noon;
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  ingest = await openIngest(database, () => now);
});

afterEach(async () => {
  await ingest.close();
  await database.close();
});

test('what was refused is told by reason, by the time of receipt', async () => {
  const view = viewOf('tide', noon);
  await recordViews(ingest, [view, view, viewOf('storm', noon), viewOf('nobody-made-this', noon)], person);
  now = noon + 86_400_000;
  await recordViews(ingest, [view], person);
  await recordViews(ingest, [viewOf('tide', now - 8 * 86_400_000)], person);
  await rollUp(database.sql, now);
  expect((await explained({}, march10)).refusals).toEqual({
    duplicates: 1,
    rejected: [{ reason: 'unknown_video', views: 1 }],
    isPartlyDropped: false,
  });
  expect((await explained({ video: 'tide' }, march10)).refusals).toMatchObject({ duplicates: 1, rejected: [] });
  expect((await explained({ channel: 'harbour' }, { unit: 'total' })).refusals).toMatchObject({
    duplicates: 2,
    rejected: [{ reason: 'too_old', views: 1 }],
  });
  await database.sql`insert into retention_drops (table_name, partition, from_day, to_day, rows, bytes, dropped_at)
    values ('screening_days', 'screening_days_20260301', '2026-03-01', '2026-04-01', 1, 1, now())`;
  expect((await explained({}, march10)).refusals).toMatchObject({ isPartlyDropped: true });
});

test('the closings of its days are told, and what came after them', async () => {
  await record(3);
  expect((await explained({}, march10)).proof).toMatchObject({ days: 1, closedDays: 0, last: null });
  now = Date.parse('2026-03-11T02:14:00Z');
  await close();
  await record(2);
  expect((await explained({ video: 'tide' }, hour)).proof).toEqual({
    days: 1,
    closedDays: 1,
    last: { day: '2026-03-10', closedAt: '2026-03-11T02:14:00Z', isFinal: false },
    logViews: 3,
    laterViews: 2,
    unbalancedDays: [],
    repairedDays: [],
  });
  await database.sql`update channel_days set views = views + 4 where channel_id = 0`;
  await close();
  const { proof } = await explained({}, { unit: 'total' });
  expect(proof).toMatchObject({ logViews: 5, laterViews: 0, repairedDays: ['2026-03-10'], unbalancedDays: [] });
  expect((await explained({}, { unit: 'day', from: '2026-03-01', to: '2026-03-05' })).proof).toMatchObject({ days: 0 });
});

test('a closing of a day that was cut by another zone proves nothing of it', async () => {
  await record(3);
  now = Date.parse('2026-03-11T02:14:00Z');
  await database.sql`update channel_days set views = views + 4 where channel_id = 0`;
  await close();
  await database.sql`update day_closings set former_zone = 'Europe/Berlin', is_balanced = false`;
  expect((await explained({}, march10)).proof).toEqual({
    days: 1,
    closedDays: 0,
    last: null,
    logViews: 0,
    laterViews: 0,
    unbalancedDays: [],
    repairedDays: [],
  });
  await close();
  expect((await explained({}, march10)).proof).toMatchObject({ closedDays: 1, logViews: 3, repairedDays: [] });
});

test('a view that the aggregates do not hold yet is not among the rows', async () => {
  await record(2);
  await recordViews(ingest, [viewOf('tide', noon)], person);
  const found = await explained({}, march10);
  expect(found.counts.views).toBe(2);
  expect(found.log).toMatchObject({ views: 2, rows: [{ video: 'tide' }, { video: 'tide' }] });
});

test('bots are among the rows, with their verdict', async () => {
  await recordViews(ingest, [viewOf('tide', noon)], bot);
  await rollUp(database.sql, now);
  expect((await explained({}, march10)).log).toMatchObject({ rows: [{ bot: 'declared_bot' }] });
});

test('an archived day says so, and how it would come back; the number stays', async () => {
  await record(3);
  await database.sql`
    insert into log_archives (day, views, archived_at, file_name, bytes, sha256)
    values ('2026-03-10', 3, '2026-06-10T12:00:00Z', 'views-2026-03-10.ndjson.zst', 1, ${'0'.repeat(64)})`;
  for (const time of [march10, hour, { unit: 'total' } as const]) {
    const { counts, log } = await explained({}, time);
    expect(counts.views).toBe(3);
    expect(log).toEqual({
      status: 'archived',
      count: 1,
      days: [
        {
          day: '2026-03-10',
          archivedAt: '2026-06-10T12:00:00Z',
          archive: { views: 3, fileName: 'views-2026-03-10.ndjson.zst' },
        },
      ],
    });
  }
  await database.sql`update log_archives set restored_at = now()`;
  expect((await explained({}, march10)).log).toMatchObject({ status: 'listed', views: 3 });
});

test('of a time that is archived in part, the latest day with a log is listed', async () => {
  await record(3);
  now = noon + 86_400_000;
  await recordViews(ingest, [viewOf('storm', now)], person);
  await rollUp(database.sql, now);
  await database.sql`insert into log_archives (day, views, archived_at) values ('2026-03-11', 1, now())`;
  const { log } = await explained({}, { unit: 'day', from: '2026-03-01', to: '2026-03-12' });
  expect(log).toMatchObject({ status: 'listed', day: '2026-03-10', views: 3, archivedDays: 1 });
});

test('minutes and hours that are no longer kept are not told as zero: their days are named instead', async () => {
  await record(3);
  await database.sql`insert into retention_drops (table_name, partition, from_day, to_day, rows, bytes, dropped_at)
    values ('channel_hours', 'channel_hours_20260301', '2026-03-01', '2026-04-01', 1, 1, now())`;
  expect(await explain(database.db, 'all', { owner: {}, time: hour }, new Date(now), 'UTC')).toMatchObject({
    status: 'dropped',
    table: 'channel_hours',
    instead: march10,
  });
  // Of a video they are.
  expect((await explained({ video: 'tide' }, hour)).counts.views).toBe(3);
});

async function explained(owner: FigureOwner, time: FigureTime) {
  const found = await explain(database.db, 'all', { owner, time }, new Date(now), 'UTC');
  if (found.status !== 'explained') throw new Error(`It is ${found.status}.`);
  return found;
}

async function record(count: number): Promise<void> {
  const views = Array.from({ length: count }, () => viewOf('tide', noon));
  await recordViews(ingest, views, person);
  await rollUp(database.sql, now);
}

async function close(): Promise<void> {
  await rollUp(database.sql, now);
  const session = connect(database.url, { name: 'close', max: 1 });
  await closeDay(session, '2026-03-10', 'UTC', new Date(now));
  await session.end();
}
