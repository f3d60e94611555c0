// Compares one grain of a day's aggregates with what the log says of that day. Reads the slots of the day and the aggregates;
// what differs goes into the session's table day_differences.
import type { Fragment, Transaction } from '#db/client.ts';
import { type Day, isOfDay } from './day-bounds.ts';
import { bucketOf, type Grain, minutesKeptFrom } from './grains.ts';
import { hourIsKept } from './kept-hours.ts';
import { countsOf, type Subject } from './slot-counts.ts';

/** Makes day_differences for this session, or empties it. */
export async function clearDifferences(tx: Transaction): Promise<void> {
  await tx`
    create temp table if not exists day_differences (subject text, grain text, owner bigint, bucket text,
      views bigint, bot_views bigint, expected_views bigint, expected_bot_views bigint)`;
  await tx`truncate day_differences`;
}

/**
 * Notes the buckets of one grain that do not hold what they should. Minutes and hours (while they are kept) and the day are held
 * against the log; the month against its days, the total against its months: their log may be gone. Grains are to be
 * compared from the finest on, since what is missing from a day is missing from the sums above it.
 */
export async function compareGrain(
  tx: Transaction,
  subject: Subject,
  grain: Grain,
  day: Day,
  now: Date,
): Promise<void> {
  const expected =
    grain === 'month' || grain === 'total' ? sumsOf(tx, subject, grain, day) : recount(tx, subject, grain, day, now);
  const key = grain === 'total' ? tx`owner` : tx`owner, bucket`;
  await tx`
    with expected as (${expected}), stored as (${storedRows(tx, subject, grain, day, now)}), compared as (
      select owner, ${grain === 'total' ? tx`''` : tx`bucket::text`} as bucket,
        coalesce(s.views, 0) as views, coalesce(s.bot_views, 0) as bot_views,
        coalesce(e.views, 0) as expected_views, coalesce(e.bot_views, 0) as expected_bot_views
      from expected e full join stored s using (${key})
    )
    insert into day_differences
    select ${subject}, ${grain}, owner, bucket, views, bot_views, expected_views, expected_bot_views from compared
    where (views, bot_views) <> (expected_views, expected_bot_views) ${grain === 'hour' ? isOfOneDay(tx, day) : tx``}`;
}

/** Notes the rows of a month (YYYY-MM-01), or all totals, that are not the sum of what lies below them. */
export async function compareSums(
  tx: Transaction,
  subject: Subject,
  grain: 'month' | 'total',
  month: string | undefined,
): Promise<void> {
  const owner = tx(`${subject}_id`);
  const [finer, below, stored] =
    grain === 'total'
      ? [tx(`${subject}_months`), tx`true`, tx`true`]
      : [
          tx(`${subject}_days`),
          tx`f.day >= ${month ?? null}::date and f.day < ${month ?? null}::date + interval '1 month'`,
          tx`t.month = ${month ?? null}::date`,
        ];
  await tx`
    with expected as (
      select ${owner} as owner, sum(views) as views, sum(bot_views) as bot_views from ${finer} f where ${below} group by 1
    ), stored as (
      select ${owner} as owner, views, bot_views from ${tx(`${subject}_${grain}s`)} t where ${stored}
    ), compared as (
      select owner, coalesce(s.views, 0) as views, coalesce(s.bot_views, 0) as bot_views,
        coalesce(e.views, 0) as expected_views, coalesce(e.bot_views, 0) as expected_bot_views
      from expected e full join stored s using (owner)
    )
    insert into day_differences
    select ${subject}, ${grain}, owner, ${month ?? ''}, views, bot_views, expected_views, expected_bot_views from compared
    where (views, bot_views) <> (expected_views, expected_bot_views)`;
}

/**
 * Leaves out the hours of two days: where a clock fell back at a minute past midnight (St. John's until 2011), the hour of the
 * day's first minute is also that of yesterday's last, and no day can say what it should hold.
 */
function isOfOneDay(tx: Transaction, { timeZone }: Day): Fragment {
  const dateOf = (at: Fragment) => bucketOf(tx, 'day', timeZone, at);
  return tx`and ${dateOf(tx`bucket::timestamptz`)} = ${dateOf(tx`(bucket::timestamptz + interval '59 minutes 30 seconds')`)}`;
}

/** What one grain of a subject lacks by day_differences: (owner, bucket, views, bot_views), negative where it has too much. */
export function missingFrom(tx: Transaction, subject: Subject, grain: Grain): Fragment {
  const type = { minute: tx`timestamptz`, hour: tx`timestamptz`, day: tx`date`, month: tx`date`, total: tx`text` }[
    grain
  ];
  return tx`
    select owner, ${grain === 'total' ? tx`` : tx`bucket::${type},`} expected_views - views, expected_bot_views - bot_views
    from day_differences where subject = ${subject} and grain = ${grain}`;
}

function recount(
  tx: Transaction,
  subject: Subject,
  grain: 'minute' | 'hour' | 'day',
  { timeZone }: Day,
  now: Date,
): Fragment {
  const condition = {
    minute: isKept(tx, tx`slot`, now),
    hour: hourIsKept(tx, bucketOf(tx, 'hour', timeZone, tx`slot`)),
    day: tx`true`,
  }[grain];
  return countsOf(tx, subject, grain, timeZone, condition);
}

/** The sums of the next finer grain as it is stored, with what was found missing from it. */
function sumsOf(tx: Transaction, subject: Subject, grain: 'month' | 'total', { day }: Day): Fragment {
  const finer = grain === 'month' ? 'day' : 'month';
  const inReach =
    grain === 'month'
      ? tx`and f.day >= ${monthOf(day)}::date and f.day < ${monthOf(day)}::date + interval '1 month'`
      : tx``;
  return tx`
    select owner, ${grain === 'month' ? tx`${monthOf(day)}::date as bucket,` : tx``} sum(views) as views, sum(bot_views) as bot_views
    from (
      select o.owner, f.views, f.bot_views
      from (${ownersOf(tx, subject, day)}) o join ${tx(`${subject}_${finer}s`)} f on f.${tx(`${subject}_id`)} = o.owner ${inReach}
      union all
      select owner, expected_views - views, expected_bot_views - bot_views from day_differences
      where subject = ${subject} and grain = ${finer}
    ) parts
    group by owner`;
}

function storedRows(tx: Transaction, subject: Subject, grain: Grain, ofDay: Day, now: Date): Fragment {
  const owner = tx`t.${tx(`${subject}_id`)}`;
  const { day } = ofDay;
  const condition = {
    minute: tx`${isOfDay(tx, tx`t.minute`, ofDay)} and ${isKept(tx, tx`t.minute`, now)}`,
    hour: tx`${isOfDay(tx, tx`t.hour`, ofDay)} and ${hourIsKept(tx, tx`t.hour`)}`,
    day: tx`t.day = ${day}::date`,
    month: tx`t.month = ${monthOf(day)}::date and ${owner} in (${ownersOf(tx, subject, day)})`,
    total: tx`${owner} in (${ownersOf(tx, subject, day)})`,
  }[grain];
  return tx`
    select ${owner} as owner, ${grain === 'total' ? tx`` : tx`t.${tx(grain)} as bucket,`} views, bot_views
    from ${tx(`${subject}_${grain}s`)} t where ${condition}`;
}

/** Whoever was seen on the day, by the log or by the aggregates. */
function ownersOf(tx: Transaction, subject: Subject, day: string): Fragment {
  const owner = tx(`${subject}_id`);
  return tx`
    select ${owner} as owner from ${tx(`${subject}_slots`)}
    union select ${owner} from ${tx(`${subject}_days`)} where day = ${day}::date`;
}

function isKept(tx: Transaction, at: Fragment, now: Date): Fragment {
  return tx`${at} >= ${minutesKeptFrom(now)}::timestamptz`;
}

function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`;
}
