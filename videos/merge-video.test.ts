import { expect, test } from 'vitest';
import { auditEntriesOf } from '#accounts/audit-entries.ts';
import { topVideosNow } from '#reports/top-now.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { videoCount } from '#reports/video-count.ts';
import { tick } from '#rollups/tick.ts';
import { expectCounts, expectListed, expectProof, playedWorld, playOn } from '#test/managed-world.ts';
import type { CountedView } from '#test/recount.ts';
import { closeWorld, type World } from '#test/world.ts';
import { mergeVideo } from './merge-video.ts';
import { moveVideo } from './move-video.ts';
import { undoMerge } from './undo-merge.ts';

/** v0 and v1 were merged into others, and keep rows of their own. */
const merged = (into: Record<string, string>) => (view: CountedView) => {
  const video = into[view.video];
  if (!video) return [view];
  const channel = channelOf[video] ?? '';
  return [
    { ...view, video, channel },
    { ...view, channel: null },
  ];
};
const channelOf: Record<string, string> = { v0: 'harbour', v1: 'harbour', v2: 'harbour', v3: 'quarry', v4: 'quarry' };
const unchanged = (view: CountedView) => [view];

test.each([
  ['Europe/Berlin', '2026-03-27T10:00Z', false],
  ['Australia/Lord_Howe', '2026-10-02T10:00Z', true],
] as const)(
  'views of a merged video count for the other, and a merge can be undone (%s from %s on)',
  async (zone, at, isArchived) => {
    const world = await playedWorld(zone, at, 41, isArchived);
    try {
      expect(await merge(world, 'v0', 'v3')).toEqual({ status: 'merged', into: 'v3', merged: ['v0'] });
      await expectCounts(world, merged({ v0: 'v3' }));
      // With repeats of views of v0 from before: they are known, and counted once.
      await playOn(world, 42);
      await expectCounts(world, merged({ v0: 'v3' }));
      await expectProof(world);
      await expectListed(world, undefined, ['v1', 'v2', 'v3', 'v4']);
      await expectListed(world, 'quarry', ['v3', 'v4']);
      expect(await undoMerge(world.database.sql, 'v0', authorOf(world))).toEqual({
        ...{ status: 'undone', from: 'v3', channel: 'harbour' },
      });
      await expectCounts(world, unchanged);
      await playOn(world, 43);
      await expectCounts(world, unchanged);
      await expectProof(world);
      await expectListed(world, undefined, ['v0', 'v1', 'v2', 'v3', 'v4']);
    } finally {
      await closeWorld(world);
    }
  },
);

test('what was merged into a video goes with it, and each can be undone by itself', async () => {
  const world = await playedWorld('UTC', '2026-05-30T10:00Z', 51);
  try {
    await merge(world, 'v0', 'v1');
    expect(await merge(world, 'v1', 'v4')).toEqual({ status: 'merged', into: 'v4', merged: ['v1', 'v0'] });
    await expectCounts(world, merged({ v0: 'v4', v1: 'v4' }));
    await undoMerge(world.database.sql, 'v1', authorOf(world));
    await expectCounts(world, merged({ v0: 'v4' }));
    await expectProof(world);
    const [entry] = await auditEntriesOf(world.database.sql, 'video:v0', { limit: 1 });
    expect(entry).toMatchObject({ action: 'video.merge', before: { mergedInto: 'v1' }, after: { mergedInto: 'v4' } });
  } finally {
    await closeWorld(world);
  }
});

test('videos are merged, moved and parted while the rollup ticks and views come in', async () => {
  const world = await playedWorld('UTC', '2026-05-30T10:00Z', 61);
  try {
    let isMerging = true;
    const ticking = (async () => {
      while (isMerging) await tick(world.database.sql, new Date(world.now), 'UTC');
    })();
    const merging = (async () => {
      for (const into of ['v3', 'v2', 'v4']) {
        expect(await merge(world, 'v0', into)).toMatchObject({ status: 'merged' });
        await moveVideo(world.database.sql, into, 'quarry', authorOf(world));
        await moveVideo(world.database.sql, into, channelOf[into] ?? '', authorOf(world));
        expect(await undoMerge(world.database.sql, 'v0', authorOf(world))).toMatchObject({ status: 'undone' });
      }
      await merge(world, 'v1', 'v3');
    })().finally(() => {
      isMerging = false;
    });
    await Promise.all([playOn(world, 62), merging, ticking]);
    await playOn(world, 63);
    await expectCounts(world, merged({ v1: 'v3' }));
    await expectProof(world);
  } finally {
    await closeWorld(world);
  }
});

test('a merged key leads to the other video everywhere; it is nowhere by itself, and cannot be moved or merged again', async () => {
  const world = await playedWorld('UTC', '2026-05-30T10:00Z', 71);
  const { db, sql } = world.database;
  try {
    expect(await merge(world, 'v0', 'v0')).toEqual({ status: 'same_video' });
    expect(await merge(world, 'v0', 'nobody')).toEqual({ status: 'no_video', key: 'nobody' });
    await merge(world, 'v0', 'v3');
    expect(await videoByKey(db, 'all', 'v0')).toEqual(await videoByKey(db, 'all', 'v3'));
    expect(await videoCount(db, 'v0')).toEqual(await videoCount(db, 'v3'));
    const top = await topVideosNow(db, 'all', new Date(world.now), 10);
    expect(top.map(({ key }) => key)).not.toContain('v0');
    expect(await merge(world, 'v0', 'v2')).toEqual({ status: 'no_video', key: 'v0' });
    expect(await merge(world, 'v2', 'v0')).toEqual({ status: 'no_video', key: 'v0' });
    expect(await moveVideo(sql, 'v0', 'quarry', authorOf(world))).toEqual({ status: 'no_video' });
    expect(await undoMerge(sql, 'v3', authorOf(world))).toEqual({ status: 'not_merged' });
  } finally {
    await closeWorld(world);
  }
});

function merge(world: World, key: string, into: string) {
  return mergeVideo(world.database.sql, key, into, authorOf(world));
}

function authorOf({ now }: World) {
  return { actor: 'user:mara', now: new Date(now) } as const;
}
