import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import type { Span } from './explain-span.ts';
import { isAllChannels, type Subject } from './subject.ts';

export type Refusals = {
  /** Views that were in the log already when they came once more. */
  duplicates: number;
  /** The most frequent reason first. */
  rejected: { reason: string; views: number }[];
  /** Whether refusals of a part of the time were dropped for their age. */
  isPartlyDropped: boolean;
};

/** What was received in a time and not counted, by the minute of receipt. Views of unknown videos are nobody's. */
export async function refusalsIn(db: Reader, subject: Subject, { from, to }: Span): Promise<Refusals> {
  const rows = await db.execute<{ reason: string; views: number }>(sql`
    select reason, sum(views)::float8 as views from screening_minutes
    where minute >= ${from}::timestamptz and minute < ${to}::timestamptz and ${isOf(subject)}
    group by reason order by views desc, reason`);
  const dropped = await db.execute(sql`
    select from retention_drops
    where table_name = 'screening_minutes' and from_day::timestamptz < ${to}::timestamptz and to_day::timestamptz > ${from}::timestamptz
    limit 1`);
  return {
    duplicates: rows.find(({ reason }) => reason === 'duplicate')?.views ?? 0,
    rejected: rows.filter(({ reason }) => reason !== 'duplicate'),
    isPartlyDropped: dropped.length > 0,
  };
}

function isOf(subject: Subject): SQL {
  if ('video' in subject) return sql`video_id = ${subject.video}`;
  if (isAllChannels(subject)) return sql`true`;
  return sql`video_id in (select id from videos where channel_id = ${subject.channel})`;
}
