import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { startOfMonth } from './calendar.ts';
import { isOpeningOf, type Opening, openingOf } from './opening.ts';
import { beginning, type Range as WholeRange } from './range.ts';
import type { Subject } from './subject.ts';
import type { Point } from './views-over-time.ts';

type Range = Pick<WholeRange, 'unit' | 'from' | 'to'>;

export type OpeningOverTime = {
  /** What is of the range; of all time also what has no day. */
  opening: Opening;
  /** By the start of their day or month; there are none by the hour. */
  starts: Map<string, number>;
};

/** What other products had counted on days of a range. */
export async function openingOverTime(db: Reader, subject: Subject, range: Range): Promise<OpeningOverTime> {
  if (range.unit === 'hour') return { opening: { views: 0, sources: [] }, starts: new Map() };
  const start = range.unit === 'day' ? sql`b.day` : sql`date_trunc('month', b.day::timestamp)::date`;
  const rows = await db.execute<{ start: string; views: number }>(sql`
    select ${start}::text as start, sum(b.views)::float8 as views from opening_balances b
    where ${isOpeningOf(subject)} and b.day >= ${range.from}::date and b.day < ${range.to}::date
    group by 1 order by 1`);
  const opening = await openingOf(db, subject, range.from === beginning ? undefined : range);
  return { opening, starts: new Map(rows.map((row) => [row.start, row.views])) };
}

/** The points with their part of it. Of all time they begin with the first month of either. */
export function withOpening(
  points: Point[],
  { starts }: OpeningOverTime,
  range: Range,
): (Point & { opening: number })[] {
  const [firstOpening] = starts.keys();
  const first = points[0]?.start;
  const earlier: Point[] = [];
  if (range.from === beginning && first !== undefined && firstOpening !== undefined) {
    for (let start = firstOpening; start < first; start = startOfMonth(start, 1)) {
      earlier.push({ start, views: 0, botViews: 0, state: 'not_recorded' });
    }
  }
  return [...earlier, ...points].map((point) => ({ ...point, opening: starts.get(point.start) ?? 0 }));
}
