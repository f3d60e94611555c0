import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordViews } from '#ingest/record-views.ts';
import { mintViewId } from '#ingest/view-id.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { changeVerdict } from '#verdicts/change-verdict.ts';
import { reverseVerdict } from '#verdicts/reverse-verdict.ts';
import { receipt } from './receipt.ts';

const noon = Date.parse('2026-03-10T12:00:30.250Z');
let now = noon;
let database: TestDatabase;
let ingest: TestIngest;

beforeEach(async () => {
  now = noon;
  database = await freshDatabase('Asia/Kathmandu');
  await makeVideos(database.sql, ['tide', 'storm']);
  ingest = await openIngest(database, () => now);
});

afterEach(async () => {
  await ingest.close();
  await database.close();
});

test('a receipt says when a view was counted, in which batch and buckets, and how often it was sent again', async () => {
  const view = viewOf('tide', noon);
  await recordViews(ingest, [view], person);
  expect(await of(view.id)).toMatchObject({ views: [{ isRolledUp: false, repeats: 0, lastRepeatAt: null }] });
  await rollUp(database.sql, now, 'Asia/Kathmandu');
  now = noon + 5_000;
  await recordViews(ingest, [view, view], person);
  now = noon + 9_000;
  await recordViews(ingest, [view], person);
  expect(await of(view.id)).toEqual({
    id: view.id,
    status: 'counted',
    views: [
      {
        video: 'tide',
        countsFor: 'tide',
        isBot: false,
        recordedAs: null,
        changedBy: null,
        viewedAt: '2026-03-10T12:00:30.250Z',
        receivedAt: '2026-03-10T12:00:30.250Z',
        lane: 1,
        batch: expect.any(Number),
        isRolledUp: true,
        buckets: {
          minute: '2026-03-10T12:00:00.000Z',
          hour: '2026-03-10T11:15:00.000Z',
          day: '2026-03-10',
          month: '2026-03-01',
        },
        repeats: 3,
        lastRepeatAt: '2026-03-10T12:00:39.250Z',
      },
    ],
  });
});

test('copies in one request are repeats too, also of a view that was never seen before', async () => {
  const view = viewOf('storm', noon);
  await recordViews(ingest, [view, view, view], bot);
  expect(await of(view.id)).toMatchObject({ views: [{ video: 'storm', isBot: true, repeats: 2 }] });
});

test('one id for two videos is two views', async () => {
  const view = viewOf('tide', noon);
  await recordViews(ingest, [view, { ...view, video: 'storm' }], person);
  const found = await of(view.id);
  expect(found.status === 'counted' && found.views.map(({ video }) => video).sort()).toEqual(['storm', 'tide']);
});

test('what was never counted is unknown, or archived with its day', async () => {
  const id = mintViewId(noon);
  expect(await of(id)).toEqual({ id, status: 'unknown' });
  await database.sql`insert into log_archives (day, views, archived_at) values ('2026-03-10', 0, now())`;
  expect(await of(id)).toEqual({ id, status: 'archived' });
  await database.sql`update log_archives set file_name = '2026-03-10.ndjson.gz', bytes = 1, sha256 = repeat('0', 64), restored_at = now()`;
  expect(await of(id)).toEqual({ id, status: 'unknown' });
});

test('an id of a time that no calendar of the database has is unknown', async () => {
  const id = 'ffffffff-ffff-7fff-bfff-ffffffffffff';
  expect(await of(id)).toEqual({ id, status: 'unknown' });
});

test('a view from before a change of zone that could not be cut anew counts in buckets of the zone before', async () => {
  now = Date.parse('2026-03-10T20:10:00Z');
  const view = viewOf('tide', now);
  await recordViews(ingest, [view], person);
  expect(await of(view.id)).toMatchObject({
    views: [{ buckets: { hour: '2026-03-10T19:15:00.000Z', day: '2026-03-11' } }],
  });
  const earlier = JSON.stringify([{ timeZone: 'UTC', until: '2026-03-20T18:15:00Z' }]);
  await database.sql`update installation set earlier_zones = ${earlier}::text::jsonb`;
  expect(await of(view.id)).toMatchObject({
    views: [{ buckets: { hour: '2026-03-10T20:00:00.000Z', day: '2026-03-10', month: '2026-03-01' } }],
  });
});

function of(id: string) {
  return receipt(database.db, 'all', id, 'Asia/Kathmandu');
}

test('a receipt tells the verdict that holds now, by which change, and what was recorded', async () => {
  const view = viewOf('tide', noon);
  await recordViews(ingest, [view], person);
  await rollUp(database.sql, now, 'Asia/Kathmandu');
  const author = { actor: 'command', now: new Date(noon + 60_000) } as const;
  const span = { from: new Date(noon - 1), to: new Date(noon + 1) };
  const flood = { video: 'tide', ...span, verdict: 'bot', why: 'A script.' } as const;
  const changed = await changeVerdict(database.sql, flood, author, 'Asia/Kathmandu');
  expect(changed).toMatchObject({ status: 'changed', id: 1, views: 1 });
  expect(await of(view.id)).toMatchObject({ views: [{ isBot: true, recordedAs: null, changedBy: 1 }] });
  await reverseVerdict(database.sql, 'tide', 1, author, 'Asia/Kathmandu');
  expect(await of(view.id)).toMatchObject({ views: [{ isBot: false, recordedAs: null, changedBy: null }] });
});
