// A scripted sender floods one video within a minute. Whoever watches another notices nothing; the minute shows what was seen; and what is
// said of the flood afterwards can be taken back to the last row.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { recordViews } from '#ingest/record-views.ts';
import { lastHour } from '#reports/last-hour.ts';
import { spanCounts } from '#reports/span-counts.ts';
import { verdictChanges } from '#reports/verdict-changes.ts';
import { tick } from '#rollups/tick.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { chrome, makeVideos, openIngest, person, viewOf } from '#test/factories.ts';
import { storedRows } from '#test/stored-rows.ts';
import { changeVerdict } from './change-verdict.ts';
import { reverseVerdict } from './reverse-verdict.ts';

const minute = '2026-03-20T12:00:00.000Z';
const now = new Date('2026-03-20T12:01:30Z');
const author = { actor: 'command', now } as const;
const flood = { from: new Date(minute), to: new Date('2026-03-20T12:01:00Z'), why: 'A script.' };
const script = { ...person, userAgent: chrome, address: '198.51.100.4' };

let database: TestDatabase;
let storm: VideoId;
let tide: VideoId;

beforeAll(async () => {
  database = await freshDatabase('UTC');
  const ids = await makeVideos(database.sql, ['storm', 'tide']);
  [storm, tide] = [ids.get('storm') as VideoId, ids.get('tide') as VideoId];
  const ingest = await openIngest(database, () => now.getTime());
  for (let sent = 0; sent < 20_000; sent += 1_000) {
    const bodies = Array.from({ length: 1_000 }, (_, n) => viewOf('storm', Date.parse(minute) + sent + n));
    const answers = await recordViews(ingest, bodies, script);
    if (sent % 4_000 === 0) await recordViews(ingest, [viewOf('tide', Date.parse(minute) + sent)], person);
    if (answers.some(({ status }) => status !== 'counted')) throw new Error('A view of the flood was not counted.');
  }
  await ingest.close();
  await tick(database.sql, now, 'UTC');
});

afterAll(() => database.close());

async function countsOf(video: VideoId) {
  const { minutes } = await lastHour(database.db, { video }, now);
  const at = minutes.find((one) => Date.parse(one.minute) === Date.parse(minute));
  return [at?.views, at?.botViews];
}

/** But of the two that tell of the changes themselves. */
async function countedRows() {
  const { verdict_changes, audit_entries, ...rows } = await storedRows(database.sql);
  return rows;
}

test('one tick holds the flood as it was seen, and the views of another video that came in between', async () => {
  // Of one address 600 a minute are people's.
  expect(await countsOf(storm)).toEqual([20_000, 19_400]);
  expect(await countsOf(tide)).toEqual([5, 0]);
});

test('what the minute holds can be looked at before anything is said of it', async () => {
  const span = { from: minute, to: flood.to.toISOString() };
  expect(await spanCounts(database.db, { video: storm }, span, 'UTC')).toEqual({
    ...{ unit: 'minute', isRounded: false, views: 20_000, botViews: 19_400 },
    buckets: [{ start: '2026-03-20T12:00:00Z', views: 20_000, botViews: 19_400 }],
  });
  const half = { from: '2026-03-20T12:00:30Z', to: '2026-03-20T15:00:00Z' };
  expect(await spanCounts(database.db, { video: storm }, half, 'UTC')).toMatchObject({
    unit: 'hour',
    isRounded: true,
    views: 20_000,
  });
});

test.each([
  ['bot', 600, [20_000, 20_000]],
  ['person', 19_400, [20_000, 0]],
] as const)('said to be of the verdict %s and taken back, every row is what it was', async (verdict, views, counts) => {
  const before = await countedRows();
  const changed = await changeVerdict(database.sql, { video: 'storm', ...flood, verdict }, author, 'UTC');
  expect(changed).toEqual({ status: 'changed', id: expect.any(Number), views });
  expect(await countsOf(storm)).toEqual(counts);
  expect(await countsOf(tide)).toEqual([5, 0]);
  expect(await countedRows()).not.toEqual(before);
  const id = changed.status === 'changed' ? changed.id : 0;
  const [held] = await verdictChanges(database.sql, storm);
  expect(held).toMatchObject({ id, verdict, views, why: 'A script.', madeBy: 'command line', reversedAt: null });

  expect(await reverseVerdict(database.sql, 'storm', id, author, 'UTC')).toEqual({ status: 'reversed', views });
  expect(await countedRows()).toEqual(before);
  expect((await verdictChanges(database.sql, storm)).find((one) => one.id === id)).toMatchObject({
    ...{ reversedBy: 'command line', reversedAt: '2026-03-20T12:01:30.000Z' },
  });
});
