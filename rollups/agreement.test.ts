// 1,000 random batches over two lanes: log, every grain, channels and answers agree, whatever is sent and whenever.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sql } from '#db/client.ts';
import { freshDatabase } from '#test/database.ts';
import { expectedLedger, storedLedger } from '#test/recount.ts';
import { dayMs, hourMs, scenarioOf } from '#test/scenario.ts';
import { closeWorld, openWorld, play, type World } from '#test/world.ts';
import { findDifferences } from './differences.ts';
import { minutesKeptFrom } from './grains.ts';

// Where days and hours are cut oddly: clocks that spring forward, fall back (by half an hour on Lord Howe), ends of a
// month, of a leap February, of a year.
const edges = [
  ['UTC', ['2028-02-29T00:00Z']],
  ['Europe/Berlin', ['2026-10-25T01:00Z', '2026-03-29T01:00Z', '2026-12-31T23:00Z']],
  ['Australia/Lord_Howe', ['2026-04-04T15:00Z', '2026-10-03T15:30Z']],
  ['Asia/Kathmandu', ['2026-06-30T18:15Z', '2026-12-31T18:15Z']],
  // The one offset of our era that is no whole minute: 44:30.
  ['Africa/Monrovia', ['1971-07-01T00:44:30Z']],
] as const;
const batchesPerEdge = 130;
let batches = 0;
const seed = 20_260_607;

const runs = edges.flatMap(([timeZone, instants]) => instants.map((instant, i) => ({ timeZone, instant, i })));

test.each(runs)('log, grains and answers agree in $timeZone around $instant', async ({ timeZone, instant, i }) => {
  const start = Date.parse(instant) - 18 * hourMs;
  // The second edge of a zone has a day behind it whose log is archived.
  const archivedDay = i === 1 ? new Date(start - 3 * dayMs).toISOString().slice(0, 10) : undefined;
  const agrees = fc.asyncProperty(scenarioOf(batchesPerEdge), async (steps) => {
    const world = await openWorld(await freshDatabase(timeZone), timeZone, start, archivedDay);
    try {
      await play(world, steps);
      batches += world.tally.batches;
      await expectAgreement(world);
    } finally {
      await closeWorld(world);
    }
  });
  await fc.assert(agrees, { numRuns: 1, seed: seed + i, endOnFailure: true });
});

test('that were a thousand batches', () => {
  expect(batches).toBeGreaterThanOrEqual(1_000);
});

async function expectAgreement(world: World): Promise<void> {
  const { tally, timeZone, now, database } = world;
  expect(tally.surprises).toEqual([]);
  const log = await database.sql<{ key: string }[]>`
    select v.id || ' ' || k.key as key from video_views v join videos k on k.id = v.video_id`;
  expect(log.map(({ key }) => key).sort()).toEqual(tally.countedKeys.toSorted());
  const screened = await database.sql<{ key: string; views: number }[]>`
    select to_char(minute at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"') || ' ' || reason as key, sum(views)::int as views
    from screening_minutes group by 1`;
  const refused = new Map(screened.map(({ key, views }) => [key, views]));
  expect(refused).toEqual(tally.refused);
  expect(await screenedBy(database.sql, 'hour')).toEqual(await screenedBy(database.sql, 'minute'));
  expect(await screenedBy(database.sql, 'day')).toEqual(await screenedBy(database.sql, 'minute'));
  expect(tally.sent).toBe(tally.counted.length + [...refused.values()].reduce((sum, views) => sum + views, 0));
  const minutesFrom = Date.parse(minutesKeptFrom(new Date(now)));
  expect(await storedLedger(database.sql, minutesFrom)).toEqual(expectedLedger(tally.counted, timeZone, minutesFrom));
  const differences = await findDifferences(database.sql, new Date(now), timeZone);
  // Where an hour begins within a minute, hours are no sums of minutes.
  const isOdd = timeZone === 'Africa/Monrovia';
  expect(differences.filter((one) => !(isOdd && one.against === 'finer grain' && /hours$/.test(one.table)))).toEqual(
    [],
  );
}

/** What was not counted by reason, video and origin, out of one of the tables of it. */
function screenedBy(sql: Sql, grain: 'minute' | 'hour' | 'day') {
  return sql`
    select reason, video_id, origin, sum(views)::int as views from ${sql(`screening_${grain}s`)} group by 1, 2, 3 order by 1, 2, 3`;
}
