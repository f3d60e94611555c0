// What a range's views are by country, device and so on. Rows and the rest sum to the total, which is the range's own.
import { type SQL, sql } from 'drizzle-orm';
import { allChannelsId } from '#channels/reserved-channels.ts';
import { type Dimension, dimensions, otherValues } from '#db/breakdown-values.ts';
import type { Reader } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import { daysBetween } from './calendar.ts';
import { isInScope, type Subject } from './subject.ts';

/** Dates of the reporting zone, half-open. */
export type Days = { from: string; to: string };

export type BrokenDown = {
  people: number;
  botViews: number;
  /** People in as many days before; null for all time, which has none before it. */
  peopleBefore: number | null;
};
export type BreakdownRow = BrokenDown & {
  /** Two letters of a country, a name, a host; '' where nothing is known. */
  value: string;
};
export type Breakdown = {
  /** Most people first, at as many in the order of the values. */
  rows: BreakdownRow[];
  /** How many values it stands for cannot be told: of each day those beyond the first thousand have no row of their own. */
  others: BrokenDown;
  total: BrokenDown;
};

/** The first `limit` values of a subject's views; all time is held against nothing. */
export async function breakdown(
  db: Reader,
  subject: Subject,
  dimension: Dimension,
  { from, to, isAllTime = false }: Days & { isAllTime?: boolean },
  limit: number,
): Promise<Breakdown> {
  const before = isAllTime ? from : shiftDay(from, -daysBetween(from, to));
  const rows = await db.execute<BreakdownRow & { place: number }>(sql`
    with summed as (
      select value, coalesce(sum(views - bot_views) filter (where day >= ${from}::date), 0) as people,
        coalesce(sum(bot_views) filter (where day >= ${from}::date), 0) as bots,
        coalesce(sum(views - bot_views) filter (where day < ${from}::date), 0) as before
      from ${rowsOf(subject)} and dimension = ${dimensions.indexOf(dimension)} and day >= ${before}::date and day < ${to}::date
      group by value
    ), ranked as (
      select *, case when value = ${otherValues} or people + bots = 0 then ${limit} + 1
        else row_number() over (order by value = ${otherValues}, people desc, bots desc, value) end as place
      from summed
    ), placed as (
      select case when place <= ${limit} then value end as value, least(place, ${limit} + 1) as place, people, bots, before from ranked
    )
    select value, place::float8 as place, sum(people)::float8 as people, sum(bots)::float8 as "botViews", sum(before)::float8 as "peopleBefore"
    from placed group by 1, 2 order by 2`);
  const none = { people: 0, botViews: 0, peopleBefore: isAllTime ? null : 0 };
  const told = rows.map(({ place: _, value, people, botViews, peopleBefore }) => ({
    ...{ value, people, botViews },
    peopleBefore: isAllTime ? null : peopleBefore,
  }));
  const { value: _, ...others } = told.find(({ value }) => value === null) ?? { value: null, ...none };
  return { rows: told.filter(({ value }) => value !== null), others, total: told.reduce(add, none) };
}

function add(sum: BrokenDown, { people, botViews, peopleBefore }: BrokenDown): BrokenDown {
  return {
    people: sum.people + people,
    botViews: sum.botViews + botViews,
    peopleBefore: sum.peopleBefore === null ? null : sum.peopleBefore + (peopleBefore ?? 0),
  };
}

function rowsOf(subject: Subject): SQL {
  if ('video' in subject) return sql`video_breakdowns where video_id = ${subject.video}`;
  if ('channel' in subject) return sql`channel_breakdowns where channel_id = ${subject.channel}`;
  if (subject.channels === 'all') return sql`channel_breakdowns where channel_id = ${allChannelsId}`;
  return sql`channel_breakdowns where ${isInScope(subject.channels, sql`channel_id`)}`;
}
