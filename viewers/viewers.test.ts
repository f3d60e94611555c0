// Whoever is sent, bound, set aside, moved and merged in whatever order: unique viewers are those of a recount by hand.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { uniqueViewers } from '#reports/unique-viewers.ts';
import { viewersOverTime } from '#reports/viewers-over-time.ts';
import { findDifferences } from '#rollups/differences.ts';
import { channelIdOf, rollUp } from '#test/factories.ts';
import {
  closeViewersWorld,
  dateOf,
  dayMs,
  keys,
  now,
  openViewersWorld,
  playStep,
  recount,
  step,
  timeZone,
  type ViewersWorld,
} from '#test/viewers-world.ts';

test('unique viewers of any range are those of a recount by hand', { timeout: 300_000 }, async () => {
  const holds = fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (steps) => {
    const world = await openViewersWorld();
    try {
      for (const one of steps) await playStep(world, one);
      await rollUp(world.database.sql, now, timeZone);
      await expectRecount(world);
    } finally {
      await closeViewersWorld(world);
    }
  });
  await fc.assert(holds, { numRuns: 12, seed: 20_261_201, endOnFailure: true });
});

async function expectRecount(world: ViewersWorld): Promise<void> {
  const { database, db, ids } = world;
  expect(await findDifferences(database.sql, new Date(now), timeZone)).toEqual([]);
  const days = Array.from({ length: 8 }, (_, n) => dateOf(now - (7 - n) * dayMs));
  const seen = recount(world);
  for (const [i, from] of days.entries()) {
    for (const last of days.slice(i)) {
      const range = { from, to: dateOf(Date.parse(last) + dayMs) };
      const inRange = seen.filter(({ day }) => day >= from && day <= last);
      for (const key of keys.filter((one) => !world.mergedInto.has(one))) {
        const viewers = new Set(inRange.filter(({ video }) => video === key).map(({ viewer }) => viewer)).size;
        const found = await uniqueViewers(db, { video: ids.get(key) as VideoId }, range);
        expect([key, range, found]).toEqual([key, range, { viewers, isExact: true }]);
      }
      for (const handle of ['harbour', 'quarry']) {
        const viewers = new Set(inRange.filter(({ channel }) => channel === handle).map(({ viewer }) => viewer)).size;
        const found = await uniqueViewers(db, { channel: await channelIdOf(database.sql, handle) }, range);
        expect([handle, range, found?.viewers]).toEqual([handle, range, viewers]);
      }
      const all = new Set(inRange.map(({ viewer }) => viewer)).size;
      expect((await uniqueViewers(db, { channels: 'all' }, range))?.viewers).toBe(all);
    }
  }
  const perDay = await viewersOverTime(db, { channels: 'all' }, { from: days[0] ?? '', to: dateOf(now + dayMs) });
  const before = new Set<string>();
  for (const day of days) {
    const viewers = new Set(seen.filter((one) => one.day === day).map(({ viewer }) => viewer));
    const fresh = [...viewers].filter((viewer) => !before.has(viewer)).length;
    expect(perDay).toContainEqual({ day, viewers: viewers.size, newViewers: fresh });
    for (const viewer of viewers) before.add(viewer);
  }
}
