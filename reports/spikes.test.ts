import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spikesIn } from './spikes.ts';

type State = 'counted' | 'counting' | 'not_recorded';

/** A series of days with so many people each, and bots where told. */
const series = (people: number[], bots: Record<number, number> = {}, states: Record<number, State> = {}) =>
  people.map((count, n) => ({
    start: `day ${n}`,
    views: count + (bots[n] ?? 0),
    botViews: bots[n] ?? 0,
    state: states[n] ?? ('counted' as State),
  }));

const quiet = (count: number, days: number) => Array.from({ length: days }, () => count);

test('a day with four times the people of the days around it stands out, one with less does not', () => {
  expect(spikesIn(series([...quiet(30, 10), 120, ...quiet(30, 10)]))).toEqual([
    { start: 'day 10', count: 120, usual: 30, isFlood: false },
  ]);
  expect(spikesIn(series([...quiet(30, 10), 119, ...quiet(30, 10)]))).toEqual([]);
});

test('below a hundred people nothing stands out', () => {
  expect(spikesIn(series([...quiet(0, 10), 99]))).toEqual([]);
  expect(spikesIn(series([...quiet(0, 10), 100]))).toEqual([{ start: 'day 10', count: 100, usual: 0, isFlood: false }]);
});

test('the launch of a video is no spike: seven recorded days come before one', () => {
  expect(spikesIn(series([500, ...quiet(10, 20)]))).toEqual([]);
  const unrecorded = { 0: 'not_recorded', 1: 'not_recorded' } as const;
  expect(spikesIn(series([0, 0, ...quiet(10, 6), 500, ...quiet(10, 9)], {}, unrecorded))).toEqual([]);
  expect(spikesIn(series([0, 0, ...quiet(10, 7), 500, ...quiet(10, 9)], {}, unrecorded))).toHaveLength(1);
});

test('what stays on its new level is a spike at its beginning only, and none in the end', () => {
  const risen = (days: number) => spikesIn(series([...quiet(30, 14), ...quiet(300, days)]));
  expect(risen(2).map(({ start }) => start)).toEqual(['day 14', 'day 15']);
  expect(risen(20)).toEqual([]);
});

test('where most views are bots’ it is a flood, told by all its views', () => {
  expect(spikesIn(series(quiet(40, 20), { 12: 700 }))).toEqual([
    { start: 'day 12', count: 740, usual: 40, isFlood: true },
  ]);
  // More people than bots: a spike of people that bots came with.
  expect(spikesIn(series([...quiet(40, 10), 400, ...quiet(40, 10)], { 10: 399 }))).toEqual([
    { start: 'day 10', count: 400, usual: 40, isFlood: false },
  ]);
  // The usual bots of a video are no flood.
  expect(spikesIn(series(quiet(40, 20), Object.fromEntries(quiet(200, 20).entries())))).toEqual([]);
});

test('today stands out as soon as it does, and is no measure for others', () => {
  expect(spikesIn(series([...quiet(30, 10), 150], {}, { 10: 'counting' }))).toHaveLength(1);
  const unfinished = spikesIn(series([...quiet(40, 7), 200, 1, 1], {}, { 8: 'counting', 9: 'counting' }));
  expect(unfinished[0]).toMatchObject({ start: 'day 7', usual: 40 });
});

const bucket = fc.record({
  people: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 900 })),
  bots: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 })),
  state: fc.oneof({ weight: 8, arbitrary: fc.constant('counted' as State) }, fc.constantFrom<State>('not_recorded')),
});

test('spikes are those of a recount that sorts by distance', () => {
  fc.assert(
    fc.property(fc.array(bucket, { maxLength: 90 }), fc.boolean(), (buckets, isOpen) => {
      const points = buckets.map(({ people, bots, state }, n) => ({
        start: `${n}`,
        views: people + bots,
        botViews: bots,
        state: isOpen && n === buckets.length - 1 ? ('counting' as State) : state,
      }));
      expect(spikesIn(points).map(({ start }) => start)).toEqual(recount(points));
    }),
    { numRuns: 300 },
  );
});

/** The same rule told otherwise: neighbours by their distance, the median as the value that half are at or under. */
function recount(points: { start: string; views: number; botViews: number; state: State }[]): string[] {
  const recorded = points.filter(({ state }) => state !== 'not_recorded');
  const found: string[] = [];
  for (const [index, point] of recorded.entries()) {
    const before = recorded.slice(0, index).filter(({ state }) => state === 'counted');
    const after = recorded.slice(index + 1).filter(({ state }) => state === 'counted');
    if (before.length < 7) continue;
    const onLeft = Math.min(before.length, Math.max(14, 28 - after.length));
    const around = [...before.slice(before.length - onLeft), ...after.slice(0, 28 - onLeft)];
    const bots = point.botViews;
    const people = point.views - bots;
    const sizes = around.map((one) => (bots > people ? one.views : one.views - one.botViews)).sort((a, b) => a - b);
    const middle = sizes.length % 2 ? sizes[(sizes.length - 1) / 2] : undefined;
    const usual = middle ?? ((sizes[sizes.length / 2 - 1] ?? 0) + (sizes[sizes.length / 2] ?? 0)) / 2;
    const size = bots > people ? point.views : people;
    if (size >= 100 && size >= usual * 4) found.push(point.start);
  }
  return found;
}
