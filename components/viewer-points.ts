import type { ViewersOfDay } from '#reports/viewers-over-time.ts';
import { type ChartPoint, chartPoints } from './chart-points.ts';

/** `people` are all viewers of the day: those who are new, and those who return. */
export type ViewerPoint = ChartPoint & { newViewers: number; returning: number };

/** Days that a chart of views says were not recorded (`unrecorded`, by their dates) are so here. */
export function viewerPoints(days: ViewersOfDay[], today: string, unrecorded: ReadonlySet<string>): ViewerPoint[] {
  const stateOf = (day: string) => {
    if (unrecorded.has(day)) return 'not_recorded';
    return day === today ? 'counting' : 'counted';
  };
  const points = chartPoints(
    days.map(({ day, viewers }) => ({ start: day, views: viewers, botViews: 0, state: stateOf(day) })),
    'day',
    'UTC',
  );
  return points.map((point, index) => {
    const newViewers = days[index]?.newViewers ?? 0;
    return { ...point, newViewers, returning: point.people - newViewers };
  });
}
