import { expect, test } from 'vitest';
import { type Author, auditEntriesOf } from '#accounts/audit-entries.ts';
import { connect } from '#db/client.ts';
import { withCloseLock } from '#rollups/close-lock.ts';
import { tick } from '#rollups/tick.ts';
import { expectCounts, expectListed, expectProof, playedWorld, playOn } from '#test/managed-world.ts';
import type { CountedView } from '#test/recount.ts';
import { closeWorld, type World } from '#test/world.ts';
import { moveVideo } from './move-video.ts';

const inChannels =
  (channels: Record<string, string>) =>
  (view: CountedView): CountedView[] => [{ ...view, channel: channels[view.video] ?? view.channel }];

test.each([
  ['Europe/Berlin', '2026-03-27T10:00Z', false],
  ['Australia/Lord_Howe', '2026-10-02T10:00Z', true],
] as const)(
  'a video takes its history with it, and everything still agrees (%s from %s on)',
  async (zone, at, isArchived) => {
    const world = await playedWorld(zone, at, 11, isArchived);
    try {
      expect(await move(world, 'v0', 'quarry')).toEqual({ status: 'moved', from: 'harbour', to: 'quarry' });
      await expectCounts(world, inChannels({ v0: 'quarry' }));
      await playOn(world, 12);
      await expectCounts(world, inChannels({ v0: 'quarry' }));
      expect(await move(world, 'v1', 'quarry')).toMatchObject({ status: 'moved' });
      expect(await move(world, 'v0', 'harbour')).toMatchObject({ status: 'moved' });
      await expectCounts(world, inChannels({ v1: 'quarry' }));
      await expectProof(world);
      await expectListed(world, 'quarry', ['v1', 'v3', 'v4']);
    } finally {
      await closeWorld(world);
    }
  },
);

test('videos move while the rollup ticks and views come in', async () => {
  const world = await playedWorld('UTC', '2026-05-30T10:00Z', 21);
  try {
    let isMoving = true;
    const ticking = (async () => {
      while (isMoving) await tick(world.database.sql, new Date(world.now), 'UTC');
    })();
    const moving = (async () => {
      for (const to of ['quarry', 'harbour', 'quarry', 'harbour', 'quarry']) {
        for (const key of ['v0', 'v2']) expect(await move(world, key, to)).toMatchObject({ status: 'moved' });
      }
    })().finally(() => {
      isMoving = false;
    });
    await Promise.all([playOn(world, 22), moving, ticking]);
    await playOn(world, 23);
    await expectCounts(world, inChannels({ v0: 'quarry', v2: 'quarry' }));
    await expectProof(world);
  } finally {
    await closeWorld(world);
  }
});

test('a move is in the audit trail; one that cannot be leaves everything as it was and says why', async () => {
  const world = await playedWorld('UTC', '2026-05-30T10:00Z', 31);
  const session = connect(world.database.url, { name: 'close', max: 1 });
  try {
    expect(await move(world, 'nobody-made-this', 'quarry')).toEqual({ status: 'no_video' });
    expect(await move(world, 'v0', 'nowhere')).toEqual({ status: 'no_channel' });
    expect(await move(world, 'v0', 'harbour')).toEqual({ status: 'unchanged' });
    expect(await auditEntriesOf(world.database.sql, 'video:v0', { limit: 5 })).toEqual([]);
    const author: Author = { actor: 'key:press', now: new Date(world.now) };
    const closing = Promise.withResolvers<void>();
    const close = withCloseLock(session, () => closing.promise);
    const moving = moveVideo(world.database.sql, 'v0', 'quarry', author);
    closing.resolve();
    await close;
    expect(await moving).toMatchObject({ status: 'moved' });
    expect(await auditEntriesOf(world.database.sql, 'video:v0', { limit: 5 })).toMatchObject([
      { actor: 'key:press', action: 'video.move', before: { channel: 'harbour' }, after: { channel: 'quarry' } },
    ]);
  } finally {
    await session.end({ timeout: 2 });
    await closeWorld(world);
  }
});

function move(world: World, key: string, to: string) {
  return moveVideo(world.database.sql, key, to, { actor: 'command', now: new Date(world.now) });
}
