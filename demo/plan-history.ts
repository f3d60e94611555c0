// Which views the demo's past is made of: so many of each video in each hour. For one start it is the same every time.
import { type Audience, hourMs } from './audience.ts';
import { type DemoVideo, hitKey, videos } from './catalogue.ts';
import { type Random, seededRandom } from './random.ts';

export type PlannedHour = {
  hour: number;
  /** The part of the hour that views fall in, in milliseconds since the epoch. */
  from: number;
  to: number;
  views: Map<DemoVideo, number>;
};

/** Deals out exactly `hitViews` of the hit and `otherViews` of the rest between two moments. */
export function planHistory(
  audience: Audience,
  from: number,
  to: number,
  hitViews: number,
  otherViews: number,
): PlannedHour[] {
  const hours = hoursBetween(from, to);
  const [hit, others] = [videos.filter(({ key }) => key === hitKey), videos.filter(({ key }) => key !== hitKey)];
  deal(audience, hours, hit, hitViews, seededRandom('the hit'));
  deal(audience, hours, others, otherViews, seededRandom('the others'));
  return hours;
}

/** What the audience would have watched between two moments. */
export function planGap(audience: Audience, from: number, to: number): PlannedHour[] {
  const hours = hoursBetween(from, to);
  for (const planned of hours) {
    const random = seededRandom(`gap ${planned.from}`);
    for (const video of videos) {
      const views = Math.floor(expectedIn(audience, planned, video) + random());
      if (views > 0) planned.views.set(video, views);
    }
  }
  return hours;
}

export function plannedViews(plan: PlannedHour[]): number {
  return plan.reduce((sum, { views }) => sum + [...views.values()].reduce((all, some) => all + some, 0), 0);
}

function hoursBetween(from: number, to: number): PlannedHour[] {
  const hours: PlannedHour[] = [];
  for (let hour = Math.floor(from / hourMs) * hourMs; hour < to; hour += hourMs) {
    hours.push({ hour, from: Math.max(hour, from), to: Math.min(hour + hourMs, to), views: new Map() });
  }
  return hours;
}

function expectedIn(audience: Audience, { hour, from, to }: PlannedHour, video: DemoVideo): number {
  return audience.viewsIn(video, hour) * ((to - from) / hourMs);
}

/** Draws the hour and the video of each of `total` views by how many are expected there. */
function deal(audience: Audience, hours: PlannedHour[], among: DemoVideo[], total: number, random: Random): void {
  const cells = hours.flatMap((planned) => among.map((video) => ({ planned, video })));
  const ends = new Float64Array(cells.length);
  let sum = 0;
  for (const [i, { planned, video }] of cells.entries()) {
    sum += expectedIn(audience, planned, video);
    ends[i] = sum;
  }
  for (let view = 0; view < total; view += 1) {
    const cell = cells[firstAbove(ends, random() * sum)];
    cell?.planned.views.set(cell.video, (cell.planned.views.get(cell.video) ?? 0) + 1);
  }
}

function firstAbove(ends: Float64Array, value: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
