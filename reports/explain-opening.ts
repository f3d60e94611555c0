import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import type { Span } from './explain-span.ts';
import { isOpeningOf, isWithin } from './opening.ts';
import type { Grain, Subject } from './subject.ts';

/** Counts of other products that stand beside a figure, by entry, the largest first. */
export type OpeningEntry = {
  entry: number;
  source: string;
  views: number;
  /** A person's name, a key's prefix, or the command line. */
  enteredBy: string;
  /** ISO 8601, UTC. */
  enteredAt: string;
};

export type ExplainedOpening = {
  views: number;
  /** The largest ten; and how many there are. */
  entries: OpeningEntry[];
  inAll: number;
};

const listed = 10;

/** By the minute and the hour there are none. */
export async function explainedOpening(
  db: Reader,
  subject: Subject,
  grain: Grain,
  span: Span,
): Promise<ExplainedOpening> {
  if (grain === 'minute' || grain === 'hour') return { views: 0, entries: [], inAll: 0 };
  const isEver = span.firstDay === '-infinity';
  const days = isEver ? undefined : { from: span.firstDay, to: shiftDay(span.lastDay, 1) };
  const rows = await db.execute<OpeningEntry & { sum: number; inAll: number }>(sql`
    select b.entry::float8 as entry, b.source, sum(b.views)::float8 as views,
      min(case when b.entered_by = 'command' then 'the command line'
        when b.entered_by like 'key:%' then 'the key ' || substr(b.entered_by, 5)
        else coalesce((select u.name from users u where u.id = substr(b.entered_by, 6)), 'somebody whose account is gone')
      end) as "enteredBy",
      to_char(min(b.entered_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "enteredAt",
      (sum(sum(b.views)) over ())::float8 as sum, (count(*) over ())::float8 as "inAll"
    from opening_balances b
    where ${isOpeningOf(subject)} and ${isWithin(days)}
    group by b.entry, b.source order by 3 desc, 1 limit ${listed}`);
  const entries = rows.map(({ sum: _, inAll: __, ...entry }) => entry);
  return { views: rows[0]?.sum ?? 0, entries, inAll: rows[0]?.inAll ?? 0 };
}
