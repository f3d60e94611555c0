import { expect, test } from 'vitest';
import { auditEntriesOf } from '#accounts/audit-entries.ts';
import { recordViews } from '#ingest/record-views.ts';
import { receipt } from '#reports/receipt.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { tick } from '#rollups/tick.ts';
import { person, viewOf } from '#test/factories.ts';
import { expectCounts, expectListed, expectProof, playedWorld } from '#test/managed-world.ts';
import type { CountedView } from '#test/recount.ts';
import { closeWorld, type World } from '#test/world.ts';
import { deleteVideo } from './delete-video.ts';
import { mergeVideo } from './merge-video.ts';
import { recordedHistory } from './recorded-history.ts';
import { saveVideo } from './save-video.ts';

const byCommand = { actor: 'command', now: new Date('2026-05-30T10:00Z') } as const;

/** What counts for nobody is in the rows of its own video alone. */
const without =
  (...videos: string[]) =>
  (view: CountedView) => [videos.includes(view.video) ? { ...view, channel: null } : view];

test.each([
  ['Europe/Berlin', '2026-03-27T10:00Z', false],
  ['Australia/Lord_Howe', '2026-10-02T10:00Z', true],
] as const)(
  'views of a deleted video count for nobody, and what goes is told beforehand (%s from %s on)',
  async (zone, at, isArchived) => {
    const world = await playedWorld(zone, at, 81, isArchived);
    try {
      const views = world.tally.counted.filter(({ video }) => video === 'v0');
      const history = await recordedHistory(world.database.sql, 'v0');
      const days = views.map(({ viewedAt }) => dateIn(viewedAt, zone)).sort();
      expect(history).toEqual({
        ...{ title: 'Video v0', views: views.length, botViews: views.filter(({ isBot }) => isBot).length },
        openingViews: 0,
        ...{ firstDay: days[0], lastDay: days.at(-1), merged: [] },
      });
      const ticking = Promise.all([1, 2, 3].map(() => tick(world.database.sql, new Date(world.now), zone)));
      expect(await remove(world, 'v0')).toEqual({ status: 'deleted', deleted: ['v0'], lost: history });
      await ticking;
      await expectCounts(world, without('v0'));
      await expectProof(world);
      await expectListed(world, undefined, ['v1', 'v2', 'v3', 'v4']);
      await expectListed(world, 'harbour', ['v1', 'v2']);
    } finally {
      await closeWorld(world);
    }
  },
);

test('what was merged into a deleted video is deleted with it', async () => {
  const world = await playedWorld('UTC', '2026-05-30T10:00Z', 91);
  try {
    await mergeVideo(world.database.sql, 'v0', 'v3', authorOf(world));
    expect(await recordedHistory(world.database.sql, 'v3')).toMatchObject({ merged: ['v0'] });
    expect(await remove(world, 'v3')).toMatchObject({ status: 'deleted', deleted: ['v3', 'v0'] });
    await expectCounts(world, without('v0', 'v3'));
    await expectProof(world);
  } finally {
    await closeWorld(world);
  }
});

test('a deleted key is unknown, takes no view, is not given again, and is in the audit trail', async () => {
  const world = await playedWorld('UTC', '2026-05-30T10:00Z', 95);
  const { db, sql } = world.database;
  try {
    const view = viewOf('v0', world.now);
    const send = async (body: unknown) => (await recordViews(world.lanes[0], [body], person))[0];
    expect(await send(view)).toMatchObject({ status: 'counted' });
    await mergeVideo(sql, 'v0', 'v3', authorOf(world));
    expect(await receipt(db, 'all', view.id, 'UTC')).toMatchObject({ views: [{ video: 'v0', countsFor: 'v3' }] });
    expect(await send(view)).toMatchObject({ status: 'duplicate' });
    expect(await saveVideo(sql, 'v0', 'harbour', {}, byCommand)).toEqual({ status: 'removed', mergedInto: 'v3' });
    await remove(world, 'v3');
    expect(await receipt(db, 'all', view.id, 'UTC')).toMatchObject({ views: [{ video: 'v0', countsFor: null }] });
    await expect
      .poll(() => send(viewOf('v0', world.now)))
      .toMatchObject({ status: 'rejected', reason: 'unknown_video' });
    expect(await videoByKey(db, 'all', 'v0')).toBeUndefined();
    expect(await videoByKey(db, 'all', 'v3')).toBeUndefined();
    expect(await saveVideo(sql, 'v3', 'quarry', { title: 'Anew' }, byCommand)).toEqual({
      status: 'removed',
      mergedInto: null,
    });
    expect(await remove(world, 'v3')).toEqual({ status: 'no_video' });
    expect(await recordedHistory(sql, 'v3')).toBeUndefined();
    const [entry] = await auditEntriesOf(sql, 'video:v3', { limit: 1 });
    expect(entry).toMatchObject({ action: 'video.delete', before: { channel: 'quarry' }, after: null });
  } finally {
    await closeWorld(world);
  }
});

function remove(world: World, key: string) {
  return deleteVideo(world.database.sql, key, authorOf(world));
}

function authorOf({ now }: World) {
  return { actor: 'user:mara', now: new Date(now) } as const;
}

function dateIn(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}
