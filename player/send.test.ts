import { setImmediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { viewedAtOf } from '#ingest/view-id.ts';
import type { Result } from '#ingest/wire.ts';
import { openClock } from './clock.ts';
import { fakeStorage, patchAway } from './fake-storage.ts';
import { openOutbox } from './outbox.ts';
import { type Answer, openSender, type SentView } from './send.ts';
import { openStore } from './store.ts';
import { mintViewId } from './view-id.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 3, 14);

type Server = (views: SentView[], time: number) => Answer | Promise<Answer>;

const acknowledge: Server = (views) => ({
  status: 200,
  results: views.map(({ id }): Result => ({ id, status: 'counted' })),
});

/** Objects as the endpoint does: by more than a minute's difference to the sender's clock. */
const checkClock: Server = (views, time) => ({
  status: 200,
  results: views.map(
    ({ id, sentAt }): Result =>
      Math.abs(sentAt - time) > 60_000
        ? { id, status: 'rejected', reason: 'clock_skew', serverTime: time }
        : { id, status: 'counted' },
  ),
});

/** A player whose clock is wrong by `skew`, before a server that can be exchanged; `pass` lets time go by. */
function openPlayer(first: Server, { skew = 0, storage = fakeStorage() } = {}) {
  let time = start;
  let server = first;
  const timers: { due: number; run: () => void }[] = [];
  const requests: SentView[][] = [];
  const refused = vi.fn();
  const beacon = vi.fn();
  const store = openStore(() => storage);
  const clock = openClock(() => time + skew, store);
  const outbox = openOutbox(store, 'tab');
  const sender = openSender({
    outbox,
    clock,
    beacon,
    refused,
    random: () => 0,
    later(ms, run) {
      const timer = { due: time + ms, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
    async post(views) {
      requests.push(views);
      return server(views, time);
    },
  });
  return {
    requests,
    refused,
    beacon,
    outbox,
    sender,
    async play(...videos: string[]) {
      const startedAt = clock.now();
      for (const video of videos) {
        const view = { id: mintViewId(startedAt + clock.offset()), video };
        outbox.add({ view, startedAt, offset: clock.offset(), corrections: 0 });
      }
      sender.wake();
      await setImmediate();
    },
    async pass(ms: number) {
      time += ms;
      for (const timer of timers.splice(0)) timer.due <= time ? timer.run() : timers.push(timer);
      await setImmediate();
    },
    meet(next: Server) {
      server = next;
    },
    videos: () =>
      requests.map((views) =>
        views
          .map(({ video }) => video)
          .sort()
          .join(' '),
      ),
  };
}

describe('sending', () => {
  test('an acknowledged view leaves the outbox', async () => {
    const player = openPlayer(acknowledge);
    await player.play('launch');
    expect(player.videos()).toEqual(['launch']);
    expect(player.outbox.mine()).toEqual([]);
  });

  describe.each(['setItem', 'removeItem'] as const)('on a page that made %s do nothing', (method) => {
    const server = (): Server => {
      let requests = 0;
      // A player that goes round in a circle ends here, and so does the test.
      return (views, time) => (++requests > 5 ? { status: 500 } : acknowledge(views, time));
    };

    test('before the player came, a view is sent once', async () => {
      const storage = fakeStorage();
      patchAway(storage, method);
      const player = openPlayer(server(), { storage });
      await player.play('launch');
      expect(player.videos()).toEqual(['launch']);
    });

    test('after the player came, a view is sent once', async () => {
      const storage = fakeStorage();
      const player = openPlayer(server(), { storage });
      patchAway(storage, method);
      await player.play('launch');
      expect(player.videos()).toEqual(['launch']);
    });
  });

  test('a duplicate is as good as counted', async () => {
    const player = openPlayer((views) => ({
      status: 200,
      results: views.map(({ id }) => ({ id, status: 'duplicate' as const })),
    }));
    await player.play('launch');
    expect(player.outbox.mine()).toEqual([]);
  });

  test('no answer means again, later each time, with the same id', async () => {
    const player = openPlayer(() => Promise.reject(new TypeError('Failed to fetch')));
    await player.play('launch');
    await player.pass(999);
    expect(player.requests).toHaveLength(1);
    await player.pass(1);
    await player.pass(1_999);
    expect(player.requests).toHaveLength(2);
    player.meet(acknowledge);
    await player.pass(1);
    expect(new Set(player.requests.map(([view]) => view?.id)).size).toBe(1);
    expect(player.outbox.mine()).toEqual([]);
  });

  test('views that gather meanwhile go together', async () => {
    const player = openPlayer(() => ({ status: 500 }));
    await player.play('a');
    player.meet(acknowledge);
    await player.play('b', 'c');
    expect(player.videos()).toEqual(['a', 'a b c']);
  });

  test('Retry-After holds even where a new view or the network would wake us', async () => {
    const player = openPlayer(() => ({ status: 429, retryAfterSeconds: 30 }));
    await player.play('a');
    player.meet(acknowledge);
    await player.play('b');
    await player.pass(29_999);
    player.sender.leave();
    expect(player.videos()).toEqual(['a']);
    expect(player.beacon).not.toHaveBeenCalled();
    await player.pass(1);
    expect(player.videos()).toEqual(['a', 'a b']);
  });

  test('a view that the server cannot read is dropped without its neighbours', async () => {
    const player = openPlayer((views, time) =>
      views.some(({ video }) => video === 'bad') ? { status: 413 } : acknowledge(views, time),
    );
    await player.play('a', 'bad', 'b');
    expect(player.videos().slice(1).sort()).toEqual(['a', 'b', 'bad']);
    expect(player.outbox.mine()).toEqual([]);
    expect(player.refused).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ video: 'bad' }), '413');
  });

  test('a refusal is final, and the page may learn the reason', async () => {
    const player = openPlayer((views) => ({
      status: 200,
      results: views.map(({ id }) => ({ id, status: 'rejected' as const, reason: 'unknown_video' as const })),
    }));
    await player.play('gone');
    expect(player.outbox.mine()).toEqual([]);
    expect(player.refused).toHaveBeenCalledWith(expect.objectContaining({ video: 'gone' }), 'unknown_video');
  });

  test('an answer of 200 that is no list of results acknowledges nothing', async () => {
    const player = openPlayer(() => ({ status: 200 }));
    await player.play('launch');
    expect(player.outbox.mine()).toHaveLength(1);
  });

  test('a page that goes away with views unsent hands them to the browser, and keeps them', async () => {
    const player = openPlayer(() => ({ status: 500 }));
    await player.play('launch');
    player.sender.leave();
    expect(player.beacon).toHaveBeenCalledExactlyOnceWith([expect.objectContaining({ video: 'launch' })]);
    expect(player.outbox.mine()).toHaveLength(1);
  });
});

describe('a wrong clock', () => {
  test.each([-hour, hour])('of %i ms: the view is counted at its true time', async (skew) => {
    const player = openPlayer(checkClock, { skew });
    await player.play('launch');
    const sent = player.requests.flat();
    expect(sent.map(({ id }) => viewedAtOf(id))).toEqual([start + skew, start]);
    expect(sent.map(({ sentAt }) => sentAt)).toEqual([start + skew, start]);
    expect(player.outbox.mine()).toEqual([]);
  });

  test('is known for the views that follow', async () => {
    const player = openPlayer(checkClock, { skew: hour });
    await player.play('first');
    await player.play('second');
    expect(player.videos()).toEqual(['first', 'first', 'second']);
  });

  test('does not move a view that waited to be sent', async () => {
    const player = openPlayer(() => Promise.reject(new TypeError('offline')), { skew: hour });
    await player.play('launch');
    player.meet(checkClock);
    await player.pass(10 * 60_000);
    expect(viewedAtOf(player.requests.at(-1)?.[0]?.id ?? '')).toBe(start);
  });

  test('is corrected twice, then the view is given up', async () => {
    const player = openPlayer((views, time) => ({
      status: 200,
      results: views.map(({ id }) => ({ id, status: 'rejected', reason: 'clock_skew', serverTime: time + hour })),
    }));
    await player.play('launch');
    expect(player.requests).toHaveLength(3);
    expect(player.refused).toHaveBeenCalledWith(expect.anything(), 'clock_skew');
    expect(player.outbox.mine()).toEqual([]);
  });
});
