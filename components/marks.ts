// What stands out in a series, and when a video reached a round number, as its chart, its tooltip and its table tell it.
import { compactNumber } from '#reports/compact-number.ts';
import type { Milestone } from '#reports/milestones.ts';
import type { Spike } from '#reports/spikes.ts';
import type { ChartPoint, ChartUnit } from './chart-points.ts';
import { counted, exact } from './number-text.ts';

/** Points with a mark where something is to be told of them. */
export function withMarks(
  points: ChartPoint[],
  unit: ChartUnit,
  { spikes, milestones }: { spikes: Spike[]; milestones: Milestone[] },
): ChartPoint[] {
  const marks = new Map<string, NonNullable<ChartPoint['mark']>>();
  const put = (start: string | null, label: string, text: string) => {
    if (start === null) return;
    const before = marks.get(start);
    marks.set(start, before ? { label: `${before.label} ${label}`, text: `${before.text}; ${text}` } : { label, text });
  };
  for (const { start, count, usual, isFlood } of spikes) {
    if (isFlood)
      put(start, 'flood', `a flood: ${counted(count, 'view', 'views')}, most by bots, where ${exact(usual)} are usual`);
    else put(start, 'spike', `a spike: ${exact(count)} people, where ${exact(usual)} are usual`);
  }
  for (const { people, day, hour } of milestones) {
    const start = unit === 'hour' ? hour : unit === 'month' ? `${day.slice(0, 7)}-01` : day;
    put(start, compactNumber(people), `reached ${exact(people)} people`);
  }
  if (marks.size === 0) return points;
  return points.map((point) => ({ ...point, mark: marks.get(point.start) }));
}
