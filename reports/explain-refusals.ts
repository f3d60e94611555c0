import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import type { Span } from './explain-span.ts';
import { isDropped } from './is-dropped.ts';
import { isScreenedOf } from './screened.ts';
import type { Grain, Subject } from './subject.ts';

export type Refusals = {
  /** Views that were in the log already when they came once more. */
  duplicates: number;
  /** The most frequent reason first. */
  rejected: { reason: string; views: number }[];
  /** Whether refusals of a part of the time were dropped for their age. */
  isPartlyDropped: boolean;
};

/** What was received in a time and not counted, by the time of receipt. Views of unknown videos are nobody's. */
export async function refusalsIn(db: Reader, subject: Subject, grain: Grain, span: Span): Promise<Refusals> {
  const { name, isInTime } = screeningOf(grain, span);
  const rows = await db.execute<{ reason: string; views: number }>(sql`
    select reason, sum(views)::float8 as views from ${sql.identifier(name)}
    where ${isInTime} and ${isScreenedOf(subject)}
    group by reason order by views desc, reason`);
  return {
    duplicates: rows.find(({ reason }) => reason === 'duplicate')?.views ?? 0,
    rejected: rows.filter(({ reason }) => reason !== 'duplicate'),
    isPartlyDropped: await isDropped(db, [name], span),
  };
}

/** The coarsest table that the time is cut by. */
function screeningOf(grain: Grain, { from, to, firstDay, lastDay }: Span): { name: string; isInTime: SQL } {
  if (grain === 'minute' || grain === 'hour') {
    const bucket = sql.identifier(grain);
    return {
      name: `screening_${grain}s`,
      isInTime: sql`${bucket} >= ${from}::timestamptz and ${bucket} < ${to}::timestamptz`,
    };
  }
  return { name: 'screening_days', isInTime: sql`day >= ${firstDay}::date and day <= ${lastDay}::date` };
}
