import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { completeToText } from './freshness.ts';
import { type Counts, countsOf, type Subject } from './subject.ts';

export type Minute = Counts & { minute: string };

/** Sixty clock minutes, oldest first; the last is the current one. */
export type LastHour = { minutes: Minute[]; completeTo: string | null } & Counts;

/** A subject's views in the last sixty clock minutes, as of one moment together with how complete they are. */
export async function lastHour(db: Reader, subject: Subject, now: Date): Promise<LastHour> {
  const { from, to } = lastHourRange(now);
  const { table, isSubject } = countsOf(subject, 'minute');
  const rows = await db.execute<Minute & { completeTo: string | null }>(sql`
    with counted as (
      select minute, views, bot_views from ${table}
      where ${isSubject} and minute >= ${from}::timestamptz and minute < ${to}::timestamptz
    )
    select to_char(minute at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as minute,
      coalesce(views, 0)::float8 as views, coalesce(bot_views, 0)::float8 as "botViews",
      ${completeToText} as "completeTo"
    from generate_series(${from}::timestamptz, ${to}::timestamptz - interval '1 minute', interval '1 minute') minute
      left join counted using (minute)
    order by minute.minute`);
  const minutes = rows.map(({ minute, views, botViews }) => ({ minute, views, botViews }));
  return {
    minutes,
    views: minutes.reduce((total, { views }) => total + views, 0),
    botViews: minutes.reduce((total, { botViews }) => total + botViews, 0),
    completeTo: rows[0]?.completeTo ?? null,
  };
}

/** The sliding hour: sixty clock minutes that end with the current one, half-open. */
export function lastHourRange(now: Date): { from: string; to: string } {
  const minute = Math.floor(now.getTime() / 60_000);
  return { from: new Date((minute - 59) * 60_000).toISOString(), to: new Date((minute + 1) * 60_000).toISOString() };
}
