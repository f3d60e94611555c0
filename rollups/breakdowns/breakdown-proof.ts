// Holds the breakdowns of one day against its log, and sets them right: part of the nightly close. Where a dimension has more values than
// may have a row, the largest have one from then on, at equal views in the order of the values: that is settled, and no difference.
import { maxValues, otherValues, unknownValue } from '#db/breakdown-values.ts';
import type { Transaction } from '#db/client.ts';
import { type Day, isOfDay } from '../day-bounds.ts';
import type { Subject } from '../slot-counts.ts';
import { addPlaced, cappedDimensions, dropEmptied } from './add-breakdowns.ts';
import { breakdownsOfLog } from './breakdown-differences.ts';
import { breakdownsAreKept } from './kept-breakdowns.ts';

/** Makes breakdown_differences for this session, or empties it. */
export async function clearBreakdownDifferences(tx: Transaction): Promise<void> {
  await tx`
    create temp table if not exists breakdown_differences (subject text, owner bigint, day date, dimension smallint, value text, views bigint,
      bot_views bigint, expected_views bigint, expected_bot_views bigint)`;
  await tx`truncate breakdown_differences`;
}

/** Notes rows that are not what they should be; in day_differences those that are wrong. */
export async function compareBreakdowns(tx: Transaction, subject: Subject, day: Day, cap = maxValues): Promise<void> {
  await tx`
    with logged as (${breakdownsOfLog(tx, subject, day.timeZone, isOfDay(tx, tx`v.viewed_at`, day))}), ranked as (
      select *, row_number() over (partition by owner, dimension order by value = ${unknownValue}, views desc, value) as place from logged
    ), expected as (
      select owner, dimension, case when dimension = any(${cappedDimensions}::int[]) and value <> ${unknownValue} and place > ${cap}::int
          then ${otherValues} else value end as value, sum(views) as views, sum(bot_views) as bot_views
      from ranked group by 1, 2, 3
    ), stored as (
      select ${tx(`${subject}_id`)} as owner, dimension, value, views, bot_views from ${tx(`${subject}_breakdowns`)} where day = ${day.day}::date
    )
    insert into breakdown_differences
    select ${subject}, owner, ${day.day}::date, dimension, value, coalesce(s.views, 0), coalesce(s.bot_views, 0), coalesce(e.views, 0),
      coalesce(e.bot_views, 0)
    from expected e full join stored s using (owner, dimension, value)
    where (coalesce(s.views, 0), coalesce(s.bot_views, 0)) <> (coalesce(e.views, 0), coalesce(e.bot_views, 0))
      and ${breakdownsAreKept(tx, tx`${day.day}::date`)}`;
  await tx`
    with wide as (
      select owner, dimension from breakdown_differences d where subject = ${subject} group by 1, 2
      having sum(views) = sum(expected_views) and sum(bot_views) = sum(expected_bot_views) and (
        bool_or(value = ${otherValues})
        -- The rest may be as large as before, of other values.
        or exists (select from ${tx(`${subject}_breakdowns`)} t where t.${tx(`${subject}_id`)} = d.owner and t.day = ${day.day}::date
          and t.dimension = d.dimension and t.value = ${otherValues}))
    )
    insert into day_differences
    select subject, 'breakdown', owner, day || ' ' || dimension || ' ' || value, views, bot_views, expected_views, expected_bot_views
    from breakdown_differences d
    where subject = ${subject} and not exists (select from wide w where w.owner = d.owner and w.dimension = d.dimension)`;
}

/** Adds what the session's last proof found missing, and takes away what it found too much: by the difference, beside the ticks. */
export async function repairBreakdowns(tx: Transaction, probe: () => void = () => {}): Promise<void> {
  for (const subject of ['video', 'channel'] as const) {
    const changes = tx`
      select owner, day, dimension, value, expected_views - views as views, expected_bot_views - bot_views as bot_views
      from breakdown_differences where subject = ${subject}`;
    probe();
    await addPlaced(tx, subject, changes);
    probe();
    await dropEmptied(tx, subject, changes);
  }
}
