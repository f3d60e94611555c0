// Adds to the rows of breakdowns. Of sites and referrers, which anybody can make up, at most so many have a row in a day: those that came
// first, until the close keeps the largest. A value with a row of its own has all of its views there; the rest is one row. Writes
// video_ and channel_ breakdowns; nothing else does.
import { dimensions, maxValues, otherValues, unknownValue } from '#db/breakdown-values.ts';
import type { Fragment, Transaction } from '#db/client.ts';
import type { Subject } from '../slot-counts.ts';
import { breakdownDeltasOf } from './count-breakdowns.ts';

/** The others are short lists: of countries, and of what the parser of user agents knows. */
export const cappedDimensions = (['site', 'referrer'] as const).map((name) => dimensions.indexOf(name));

/** Adds the session's deltas of one subject, each to the row it has or may have. `cap` is another in tests only. */
export async function addBreakdowns(tx: Transaction, subject: Subject, cap = maxValues): Promise<void> {
  await tx`
    create temp table if not exists breakdown_changes (owner bigint, day date, dimension smallint, value text, views int, bot_views int)
      on commit delete rows`;
  await tx`truncate breakdown_changes`;
  await placeValues(tx, subject, cap);
  await addPlaced(tx, subject, tx`select * from breakdown_changes`);
  await dropEmptied(tx, subject, tx`select * from breakdown_changes where views < 0`);
}

/** In one order for everybody, as everywhere. `changes`: (owner, day, dimension, value, views, bot_views). */
export async function addPlaced(tx: Transaction, subject: Subject, changes: Fragment): Promise<void> {
  const owner = tx(`${subject}_id`);
  await tx`
    insert into ${tx(`${subject}_breakdowns`)} as t (${owner}, day, dimension, value, views, bot_views)
    ${changes}
    order by 1, 2, 3, 4
    on conflict (${owner}, day, dimension, value) do update
    set views = t.views + excluded.views, bot_views = t.bot_views + excluded.bot_views`;
}

export async function dropEmptied(tx: Transaction, subject: Subject, changes: Fragment): Promise<void> {
  await tx`
    delete from ${tx(`${subject}_breakdowns`)} t using (${changes}) c
    where t.${tx(`${subject}_id`)} = c.owner and t.day = c.day and t.dimension = c.dimension and t.value = c.value and t.views = 0`;
}

/**
 * A value without a row gets one while there are fewer than `cap` and none was put to the others yet; in one go in the order of the values.
 * What is taken from a value without a row is taken from the others.
 */
async function placeValues(tx: Transaction, subject: Subject, cap: number): Promise<void> {
  const [table, owner] = [tx(`${subject}_breakdowns`), tx(`${subject}_id`)];
  await tx`
    with deltas as materialized (
      select owner, day, dimension, value, sum(views) as views, sum(bot_views) as bot_views
      from ${tx(breakdownDeltasOf(subject))} group by 1, 2, 3, 4 having sum(views) <> 0 or sum(bot_views) <> 0
    ), fresh as materialized (
      select d.owner, d.day, d.dimension, d.value, d.views,
        row_number() over (partition by d.owner, d.day, d.dimension order by d.views <= 0, d.value) as place
      from deltas d
      where d.dimension = any(${cappedDimensions}::int[]) and d.value not in (${unknownValue}, ${otherValues}) and not exists (
        select from ${table} t where t.${owner} = d.owner and t.day = d.day and t.dimension = d.dimension and t.value = d.value)
    ), rows as materialized (
      select g.owner, g.day, g.dimension, count(t.value) filter (where t.value not in (${unknownValue}, ${otherValues})) as named,
        coalesce(bool_or(t.value = ${otherValues}), false) as has_others
      from (select distinct owner, day, dimension from fresh) g
        left join ${table} t on t.${owner} = g.owner and t.day = g.day and t.dimension = g.dimension
      group by 1, 2, 3
    ), overflowing as (
      select f.owner, f.day, f.dimension, f.value from fresh f join rows r using (owner, day, dimension)
      where r.has_others or f.views <= 0 or r.named + f.place > ${cap}::int
    )
    insert into breakdown_changes
    select owner, day, dimension, case when o.value is null then d.value else ${otherValues} end, sum(d.views), sum(d.bot_views)
    from deltas d left join overflowing o using (owner, day, dimension, value)
    group by 1, 2, 3, 4`;
}
