// What else reads the log, or holds the ledger of closings against the aggregates, where videos were merged and deleted.
import { expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { shiftDay, utcDay } from '#db/day.ts';
import { ledger } from '#reports/ledger.ts';
import { expectCounts, expectProof, playedWorld, playOn } from '#test/managed-world.ts';
import type { CountedView } from '#test/recount.ts';
import { dayMs } from '#test/scenario.ts';
import { closeWorld, type World } from '#test/world.ts';
import { deleteVideo } from '#videos/delete-video.ts';
import { mergeVideo } from '#videos/merge-video.ts';
import { changeZone } from './change-zone.ts';
import { proveSpans } from './proved-days.ts';
import { rebuild } from './rebuild.ts';

/** v0 was merged into v3, v1 was deleted. */
function countsAs(view: CountedView) {
  if (view.video === 'v1') return [{ ...view, channel: null }];
  if (view.video !== 'v0') return [view];
  return [
    { ...view, channel: null },
    { ...view, video: 'v3', channel: 'quarry' },
  ];
}

async function managedWorld(seed: number): Promise<World> {
  const world = await playedWorld('UTC', '2026-05-30T10:00Z', seed);
  const author = { actor: 'command', now: new Date(world.now) } as const;
  await mergeVideo(world.database.sql, 'v0', 'v3', author);
  await deleteVideo(world.database.sql, 'v1', author);
  return world;
}

test('days are cut in another zone', async () => {
  const world = await managedWorld(101);
  const session = connect(world.database.url, { name: 'rebuild', max: 1 });
  try {
    await changeZone(session, { from: 'UTC', to: 'Asia/Kathmandu', now: new Date(world.now) });
    world.timeZone = 'Asia/Kathmandu';
    await expectCounts(world, countsAs);
    await playOn(world, 102);
    // Views of v1 are refused since it was deleted.
    world.tally.surprises = world.tally.surprises.filter((surprise) => !surprise.startsWith('unknown_video '));
    await expectCounts(world, countsAs);
    await expectProof(world);
  } finally {
    await session.end({ timeout: 2 });
    await closeWorld(world);
  }
});

test('aggregates that were lost are rebuilt', async () => {
  const world = await managedWorld(111);
  const session = connect(world.database.url, { name: 'rebuild', max: 1 });
  try {
    await session`truncate video_hours, channel_days, channel_totals, video_totals, video_months`;
    const [from, to] = ['2026-01-01', '2026-12-31'];
    const rebuilt = await rebuild(session, { from, to, timeZone: 'UTC', clock: () => new Date(world.now) });
    expect(rebuilt.repaired.every(({ isBalanced }) => isBalanced)).toBe(true);
    expect(rebuilt.lost).toEqual([]);
    await expectCounts(world, countsAs);
    await expectProof(world);
  } finally {
    await session.end({ timeout: 2 });
    await closeWorld(world);
  }
});

test('a closing counts all that was recorded, and a deletion after it is no change of the day', async () => {
  const world = await playedWorld('UTC', '2026-05-30T10:00Z', 121);
  const { sql, db } = world.database;
  try {
    await expectProof(world);
    const author = { actor: 'command', now: new Date(world.now) } as const;
    await mergeVideo(sql, 'v0', 'v3', author);
    await deleteVideo(sql, 'v1', author);
    const day = utcDay(new Date(world.now - 4 * dayMs));
    const spans = [{ from: shiftDay(day, -3), to: shiftDay(day, 2) }];
    expect(await proveSpans(sql, spans, 'UTC')).toMatchObject([{ changed: [], unbalanced: [] }]);
    await expectProof(world);
    const rows = await ledger(db, 100);
    expect(rows.length).toBeGreaterThan(4);
    for (const { logViews, found, laterViews } of rows) {
      expect(new Set([logViews, ...Object.values(found)]).size).toBe(1);
      expect(laterViews ?? 0).toBe(0);
    }
  } finally {
    await closeWorld(world);
  }
});
