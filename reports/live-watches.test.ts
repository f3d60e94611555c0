import { expect, test } from 'vitest';
import { openWatches, watchedUser, watchedVideo } from './live-watches.ts';

function watching(...names: string[]) {
  const watches = openWatches();
  const watch = watches.open();
  const calls: string[] = [];
  return { watches, watch, calls, start: () => watch.over(names, () => calls.push('changed')) };
}

test('a change of one of its names is told once, of others never', () => {
  const { watches, calls, start } = watching(watchedUser('ada'), watchedVideo('tide'));
  start();
  watches.note(watchedUser('cy'));
  watches.note(watchedVideo('ada'));
  expect(calls).toEqual([]);
  watches.note(watchedVideo('tide'));
  watches.note(watchedUser('ada'));
  expect(calls).toEqual(['changed']);
});

test('what changes before it is known whose stream it is, is not missed', () => {
  const early = watching(watchedUser('ada'));
  early.watches.note(watchedUser('ada'));
  early.watches.note(watchedUser('ada'));
  early.start();
  expect(early.calls).toEqual(['changed']);
  const other = watching(watchedUser('ada'));
  other.watches.note(watchedUser('cy'));
  other.start();
  expect(other.calls).toEqual([]);
});

test('when nobody knows what changed, everybody is told; a closed one is not', () => {
  const { watches, watch, calls, start } = watching(watchedUser('ada'));
  start();
  watches.note();
  expect(calls).toEqual(['changed']);
  const closed = watching(watchedUser('ada'));
  closed.start();
  closed.watch.close();
  closed.watches.note();
  watch.close();
  expect(closed.calls).toEqual([]);
});
