// What the minutes or hours of any span of time hold: for whoever is about to say something of all of its views.
import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { isDropped } from './is-dropped.ts';
import { type Counts, countsOf, type Subject } from './subject.ts';
import { zoneAt } from './zone-at.ts';

/** Half-open, ISO texts. */
export type Span = { from: string; to: string };

export type SpanCounts = Counts & {
  /** What `buckets` are. */
  unit: 'minute' | 'hour';
  /** Whether the span begins or ends within a bucket that was counted: then the sum has views beside it. */
  isRounded: boolean;
  /** Those with views, in the order of time. */
  buckets: (Counts & { start: string })[];
};

const longestByMinuteMs = 2 * 3_600_000;

/** Counted out of minutes while those are kept, else out of hours. Undefined where neither is. */
export async function spanCounts(
  db: Reader,
  subject: Extract<Subject, { video: unknown }>,
  span: Span,
  timeZone: string,
): Promise<SpanCounts | undefined> {
  const grain = (await isDropped(db, ['video_minutes'], span)) ? 'hour' : 'minute';
  if (grain === 'hour' && (await isDropped(db, ['video_hours'], span))) return undefined;
  const lengthMs = Date.parse(span.to) - Date.parse(span.from);
  const unit = grain === 'minute' && lengthMs <= longestByMinuteMs ? 'minute' : 'hour';
  const { table, isSubject } = countsOf(subject, grain);
  const zone = zoneAt(sql`${span.from}::timestamptz`, timeZone);
  const cut = (at: SQL, by: string) => sql`date_trunc(${by}::text, ${at}, ${zone})`;
  const column = sql`counts.${sql.identifier(grain)}`;
  const rows = await db.execute<Counts & { start: string }>(sql`
    select to_char(bucket at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as start, sum(views)::float8 as views,
      sum(bot_views)::float8 as "botViews"
    from (select ${cut(column, unit)} as bucket, views, bot_views from ${table}
      where ${isSubject} and ${column} >= ${cut(sql`${span.from}::timestamptz`, grain)} and ${column} < ${span.to}::timestamptz) counted
    where views > 0 group by bucket order by bucket`);
  const buckets = [...rows];
  const sum = (field: keyof Counts) => buckets.reduce((total, bucket) => total + bucket[field], 0);
  const isRounded = await isWithin(db, span, grain, zone);
  return { unit, isRounded, buckets, views: sum('views'), botViews: sum('botViews') };
}

/** Whether an end of the span is no bound of the grain. */
async function isWithin(db: Reader, { from, to }: Span, grain: 'minute' | 'hour', zone: SQL): Promise<boolean> {
  const [row] = await db.execute<{ within: boolean }>(sql`
    select bool_or(date_trunc(${grain}::text, at, ${zone}) <> at) as within
    from (values (${from}::timestamptz), (${to}::timestamptz)) ends(at)`);
  return row?.within ?? false;
}
