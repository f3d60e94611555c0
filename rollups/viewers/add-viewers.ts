// Applies what viewers' rows change by: the rows, the day before on each of them and of the day after, and the cells that count
// them. Writes video_ and channel_ viewers and viewer_cells; nothing else does. To be called while the cursors are locked.
import type { Transaction } from '#db/client.ts';
import type { Subject } from '../slot-counts.ts';
import { deltasOf } from './count-viewers.ts';

type Probe = () => void;

/** Adds the session's deltas of one subject; a row whose views are all taken away goes, and so does a cell without viewers. */
export async function addViewers(tx: Transaction, subject: Subject, probe: Probe = () => {}): Promise<void> {
  await makeChain(tx);
  probe();
  const changed = await chainViewers(tx, subject);
  if (changed === 0) return;
  probe();
  await writeRows(tx, subject);
  probe();
  await writeCells(tx, subject);
}

async function makeChain(tx: Transaction): Promise<void> {
  await tx`
    create temp table if not exists viewer_chain (owner bigint, viewer uuid, day date, views int, previous_day date, was_views int,
      was_previous_day date) on commit delete rows`;
  await tx`truncate viewer_chain`;
}

/**
 * The days of every viewer that changes, as they will be, beside what they were: null where there was no row. A day that is added or
 * goes changes the one after it too, whichever order views come in.
 */
async function chainViewers(tx: Transaction, subject: Subject): Promise<number> {
  const owner = tx(`${subject}_id`);
  const chained = await tx`
    with deltas as materialized (
      select owner, viewer, day, sum(views)::int as views from ${tx(deltasOf(subject))} group by 1, 2, 3 having sum(views) <> 0
    ), stored as materialized (
      select t.${owner} as owner, t.viewer, t.day, t.previous_day, t.views
      from (select distinct owner, viewer from deltas) d
        join ${tx(`${subject}_viewers`)} t on t.viewer = d.viewer and t.${owner} = d.owner
    ), after as (
      select owner, viewer, day, coalesce(s.views, 0) + coalesce(d.views, 0) as views, s.views as was_views,
        s.previous_day as was_previous_day
      from stored s full join deltas d using (owner, viewer, day)
    ), chained as (
      select *, coalesce(lag(day) over (partition by owner, viewer order by day), '-infinity') as previous_day
      from after where views > 0
      union all
      select *, null from after where views <= 0
    )
    insert into viewer_chain
    select owner, viewer, day, views, previous_day, was_views, was_previous_day from chained
    where (views, previous_day) is distinct from (was_views, was_previous_day)`;
  return chained.count;
}

/** In one order for everybody, as everywhere. */
async function writeRows(tx: Transaction, subject: Subject): Promise<void> {
  const [table, owner] = [tx(`${subject}_viewers`), tx(`${subject}_id`)];
  await tx`
    with gone as (
      delete from ${table} t using viewer_chain c
      where t.viewer = c.viewer and t.${owner} = c.owner and t.day = c.day and c.views <= 0
    )
    insert into ${table} (${owner}, viewer, day, previous_day, views)
    select owner, viewer, day, previous_day, views from viewer_chain where views > 0
    order by viewer, owner, day
    on conflict (viewer, ${owner}, day) do update set views = excluded.views, previous_day = excluded.previous_day`;
}

async function writeCells(tx: Transaction, subject: Subject): Promise<void> {
  const [table, owner] = [tx(`${subject}_viewer_cells`), tx(`${subject}_id`)];
  const changes = tx`
    select owner, day, previous_day, sum(viewers) as viewers from (
      select owner, day, previous_day, 1 as viewers from viewer_chain where views > 0
      union all
      select owner, day, was_previous_day, -1 from viewer_chain where was_views is not null
    ) moved group by 1, 2, 3 having sum(viewers) <> 0`;
  await tx`
    insert into ${table} as t (${owner}, day, previous_day, viewers)
    ${changes}
    order by 1, 2, 3
    on conflict (${owner}, day, previous_day) do update set viewers = t.viewers + excluded.viewers`;
  await tx`
    delete from ${table} t using viewer_chain c
    where t.${owner} = c.owner and t.day = c.day and t.previous_day = c.was_previous_day and t.viewers = 0`;
}
