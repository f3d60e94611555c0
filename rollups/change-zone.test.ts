// The reporting zone is changed again and again, beside ingest and rollup: every aggregate is a recount of the log in the new zone, and
// where the log is gone no view is counted twice or lost.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { readZone } from '#db/reporting-zone.ts';
import { freshDatabase } from '#test/database.ts';
import { rollUp } from '#test/factories.ts';
import { expectedLedger, storedLedger } from '#test/recount.ts';
import { hourMs, scenarioOf } from '#test/scenario.ts';
import { closeWorld, openWorld, play, type World } from '#test/world.ts';
import { changeZone } from './change-zone.ts';
import { checkInvariants } from './checker.ts';
import { minutesKeptFrom } from './grains.ts';

const zones = ['Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/New_York', 'UTC'];
// Clocks go back in Berlin and on Lord Howe forward; the turn of a year.
const instants = ['2026-10-25T01:00Z', '2026-10-03T15:30Z', '2026-12-31T18:15Z'];

test.each(instants)(
  'all is as if the new zone had cut it from the start, around %s',
  async (instant) => {
    const start = Date.parse(instant) - 18 * hourMs;
    const agrees = fc.asyncProperty(scenarioOf(20), scenarioOf(6), async (steps, more) => {
      const world = await openWorld(await freshDatabase(), 'UTC', start);
      try {
        await play(world, steps);
        for (const zone of zones) {
          await change(world, zone);
          await expectRecounted(world);
          await play(world, more);
          await expectRecounted(world);
        }
      } finally {
        await closeWorld(world);
      }
    });
    await fc.assert(agrees, { numRuns: 1, seed: 20_261_124, endOnFailure: true });
  },
  120_000,
);

async function change(world: World, to: string): Promise<void> {
  const session = connect(world.database.url, { name: 'rebuild', max: 1 });
  const { zone, cutAt } = await changeZone(session, { from: world.timeZone, to, now: new Date(world.now) });
  await session.end();
  expect({ zone, cutAt }).toEqual({ zone: to, cutAt: null });
  expect(await readZone(world.database.sql)).toBe(to);
  world.timeZone = to;
}

async function expectRecounted({ database, tally, timeZone, now }: World): Promise<void> {
  await rollUp(database.sql, now, timeZone);
  const minutesFrom = Date.parse(minutesKeptFrom(new Date(now)));
  expect(await storedLedger(database.sql, minutesFrom)).toEqual(expectedLedger(tally.counted, timeZone, minutesFrom));
  const findings = await checkInvariants(database.sql, new Date(now), timeZone);
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
}
