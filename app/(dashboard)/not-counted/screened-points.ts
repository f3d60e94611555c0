import { type ChartPoint, type ChartUnit, chartPoints } from '#components/chart-points.ts';
import type { ScreenedPoint } from '#reports/screened-over-time.ts';

/** Never both in one chart. */
export type Kind = 'not counted' | 'duplicates';

/** As the axes of a chart take them: what was not counted stands where people do. */
export function screenedPoints(points: ScreenedPoint[], unit: ChartUnit, timeZone: string): ChartPoint[] {
  return chartPoints(
    points.map((point) => ({ ...point, botViews: 0 })),
    unit,
    timeZone,
  );
}
