// Which part of a figure's time is listed row by row: all of it where it is a day at most, else its latest day with a log.
import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import { nameOf, type ReportingZone } from '#db/reporting-zone.ts';
import { clip, lengthMs, type Span, spanOfDays } from './explain-span.ts';
import { countsOf, type Subject } from './subject.ts';
import { zoneAt } from './zone-at.ts';

export type Archive = {
  views: number;
  /** Null where no file was written: the log is gone. */
  fileName: string | null;
};

export type ArchivedDay = {
  /** UTC. */
  day: string;
  archivedAt: string;
  /** Of the log of all channels; undefined for readers of some. */
  archive: Archive | undefined;
};

export type ListedWindow =
  /** `day` is undefined where the window is the whole time; `archivedDays` are those of the time without a log. */
  | { status: 'kept'; window: Span; day: string | undefined; archivedDays: number }
  /** No log is left of it; the latest days first, three at most. */
  | { status: 'archived'; days: ArchivedDay[]; count: number }
  | { status: 'empty' };

// The longest day of a zone.
const dayAtMostMs = 25 * 3_600_000;
const archivesNamed = 3;

export async function listedWindow(
  db: Reader,
  subject: Subject,
  span: Span,
  zone: ReportingZone,
): Promise<ListedWindow> {
  const isDayAtMost = (lengthMs(span) ?? Infinity) <= dayAtMostMs;
  const archived = await archivedDays(db, span);
  if (isDayAtMost) {
    if (archived.count > 0) return { status: 'archived', ...archived };
    return { status: 'kept', window: span, day: undefined, archivedDays: 0 };
  }
  const day = await latestKeptDay(db, subject, span, zone);
  if (day) {
    const window = clip(spanOfDays(day, shiftDay(day, 1), zone), span);
    return { status: 'kept', window, day, archivedDays: archived.count };
  }
  return archived.count > 0 ? { status: 'archived', ...archived } : { status: 'empty' };
}

/** The UTC days of a time whose log is not there. */
async function archivedDays(db: Reader, { from, to }: Span): Promise<{ days: ArchivedDay[]; count: number }> {
  const rows = await db.execute<ArchivedDay & { count: number }>(sql`
    select day::text as day, json_build_object('views', views, 'fileName', file_name) as archive,
      to_char(archived_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "archivedAt", (count(*) over ())::float8 as count
    from log_archives
    where restored_at is null and day::timestamptz < ${to}::timestamptz and (day + 1)::timestamptz > ${from}::timestamptz
    order by log_archives.day desc limit ${archivesNamed}`);
  return { days: rows.map(({ count: _, ...day }) => day), count: rows[0]?.count ?? 0 };
}

/** The aggregates tell on which days there is something to find, so that no log is searched for it. */
async function latestKeptDay(
  db: Reader,
  subject: Subject,
  { firstDay, lastDay }: Span,
  zone: ReportingZone,
): Promise<string | undefined> {
  const { table, isSubject } = countsOf(subject, 'day');
  const zoned = (day: SQL) =>
    sql`((${day})::timestamp at time zone ${zoneAt(sql`(${day})::timestamp at time zone 'UTC'`, nameOf(zone))})`;
  const [row] = await db.execute<{ day: string }>(sql`
    select counts.day::text as day from ${table}
    where ${isSubject} and counts.day >= ${firstDay}::date and counts.day <= ${lastDay}::date and counts.views > 0
      and not exists (select from log_archives a
        where a.restored_at is null and a.day::timestamptz < ${zoned(sql`counts.day + 1`)}
          and (a.day + 1)::timestamptz > ${zoned(sql`counts.day`)})
    order by counts.day desc limit 1`);
  return row?.day;
}
