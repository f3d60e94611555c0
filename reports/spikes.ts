// What stands out in a series of hours or days. The one place of the rule, and a pure one: it needs no more than the chart has.
import type { Point } from './views-over-time.ts';

// Four times what its neighbours have is more than a week-end or an evening makes of a video, and seen without a mark as well.
const leastFactor = 4;
// Below, four times is chance: 8 people where mostly there are 2.
const leastCount = 100;
// As many on each side as there are in two weeks, so that every weekday is twice among them; of hours, a whole day. Looking to both
// sides, what stays on a new level is no spike any more, and an evening is not measured against the night before it alone.
const neighbours = 28;
// Without a past there is nothing to stand out from: the first days of a video are its launch.
const leastBefore = 7;

export type Spike = {
  /** Of its bucket. */
  start: string;
  /** People, or all views of a flood. */
  count: number;
  /** The median of its neighbours, of people or of all views alike. */
  usual: number;
  /** Most of its views are bots'. */
  isFlood: boolean;
};

type Counted = Pick<Point, 'start' | 'views' | 'botViews' | 'state'>;

/**
 * The buckets of a series, in its order, that have at least 100 people and four times as many as the median of the 28 recorded buckets
 * nearest to them (14 on each side; where one side has fewer, more of the other), seven of which at least come before. Where most views
 * of a bucket are bots', the same is asked of its views instead of its people.
 */
export function spikesIn(points: readonly Counted[]): Spike[] {
  const recorded = points.filter(({ state }) => state !== 'not_recorded');
  return recorded.flatMap((point, index) => {
    const isFlood = point.botViews > point.views - point.botViews;
    const countOf = ({ views, botViews }: Counted) => (isFlood ? views : views - botViews);
    const count = countOf(point);
    if (count < leastCount || index < leastBefore) return [];
    const usual = medianOf(nearest(recorded, index).map(countOf));
    return count >= leastFactor * usual ? [{ start: point.start, count, usual, isFlood }] : [];
  });
}

/** What is still being counted is no neighbour: it has not come to its end. */
function nearest(recorded: readonly Counted[], index: number): Counted[] {
  const others = recorded.filter(({ state }, other) => other !== index && state === 'counted');
  const first = Math.max(0, Math.min(index - neighbours / 2, others.length - neighbours));
  return others.slice(first, first + neighbours);
}

function medianOf(counts: number[]): number {
  const sorted = counts.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return (low + high) / 2;
}
