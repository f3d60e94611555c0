import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import { daysBetween } from './calendar.ts';
import { beginning, type Range } from './range.ts';
import { type Counts, countsOf, type Subject } from './subject.ts';

export type PeriodBefore = Counts & {
  /** How long it is, as long as the range itself: "28 days". */
  length: string;
};

/** A subject's views in the period that ends where a range begins; undefined for all time, which has none before it. */
export async function periodBefore(db: Reader, subject: Subject, range: Range): Promise<PeriodBefore | undefined> {
  if (range.from === beginning) return undefined;
  const { table, isSubject } = countsOf(subject, range.unit === 'hour' ? 'hour' : 'day');
  const { first, length, inPeriod } = range.unit === 'hour' ? hoursBefore(range) : daysBefore(range);
  const [row] = await db.execute<Counts>(sql`
    select coalesce(sum(views), 0)::float8 as views, coalesce(sum(bot_views), 0)::float8 as "botViews"
    from ${table} where ${isSubject} and ${inPeriod(first)}`);
  if (!row) throw new Error('A sum gave no row.');
  return { ...row, length };
}

function hoursBefore({ from, to }: Range) {
  const lengthMs = Date.parse(to) - Date.parse(from);
  return {
    first: new Date(Date.parse(from) - lengthMs).toISOString(),
    length: lengthText(Math.round(lengthMs / 3_600_000), 'hour'),
    inPeriod: (first: string) => sql`hour >= ${first}::timestamptz and hour < ${from}::timestamptz`,
  };
}

/** Of months too: a range by the month begins and ends on any day. */
function daysBefore({ from, to }: Range) {
  const days = daysBetween(from, to);
  return {
    first: shiftDay(from, -days),
    length: lengthText(days, 'day'),
    inPeriod: (first: string) => sql`day >= ${first}::date and day < ${from}::date`,
  };
}

function lengthText(count: number, unit: string): string {
  return count === 1 ? unit : `${count} ${unit}s`;
}
