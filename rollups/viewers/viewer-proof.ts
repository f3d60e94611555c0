// Holds the viewers of one day against its log, and sets them right: part of the nightly close. What differs stays in the session's table
// viewer_differences, viewer by viewer; of the ledger it is no business who they are.
import type { Fragment, Transaction } from '#db/client.ts';
import type { Day } from '../day-bounds.ts';
import { isOfDay } from '../day-bounds.ts';
import type { Subject } from '../slot-counts.ts';
import { addViewers } from './add-viewers.ts';
import { deltasOf, makeViewerDeltas } from './count-viewers.ts';
import { viewersAreKept } from './kept-viewers.ts';
import { viewersOfLog } from './viewer-differences.ts';

const subjects: readonly Subject[] = ['video', 'channel'];

/** Makes viewer_differences for this session, or empties it. */
export async function clearViewerDifferences(tx: Transaction): Promise<void> {
  await tx`
    create temp table if not exists viewer_differences (subject text, owner bigint, viewer uuid, day date, views bigint, expected_views bigint)`;
  await tx`truncate viewer_differences`;
}

/** Notes viewers whose views of the day are not those of the log, and cells that do not count them; in day_differences by owner. */
export async function compareViewers(tx: Transaction, subject: Subject, day: Day): Promise<void> {
  const owner = tx(`${subject}_id`);
  await tx`
    with expected as (${viewersOfLog(tx, subject, day.timeZone, isOfDay(tx, tx`v.viewed_at`, day))}), stored as (
      select ${owner} as owner, viewer, day, views from ${tx(`${subject}_viewers`)} where day = ${day.day}::date
    )
    insert into viewer_differences
    select ${subject}, owner, viewer, day, coalesce(s.views, 0), coalesce(e.views, 0)
    from expected e full join stored s using (owner, viewer, day)
    where s.views is distinct from e.views and ${viewersAreKept(tx, tx`day`)}`;
  await tx`
    insert into day_differences
    select subject, 'viewer', owner, day::text, count(*) filter (where views > 0), 0, count(*) filter (where expected_views > 0), 0
    from viewer_differences where subject = ${subject} group by 1, 3, 4`;
  await tx`
    insert into day_differences
    select ${subject}, 'viewer_cell', owner, ${day.day}, sum(viewers), 0, sum(expected), 0
    from (${wrongCells(tx, subject, day.day)}) wrong group by owner`;
}

/** Adds what the session's last proof found missing, and takes away what it found too much. */
export async function repairViewers(tx: Transaction, { day }: Day, probe: () => void = () => {}): Promise<void> {
  const [found] = await tx<[{ some: boolean }]>`
    select exists(select from day_differences where grain in ('viewer', 'viewer_cell')) as some`;
  if (!found.some) return;
  probe();
  await makeViewerDeltas(tx);
  for (const subject of subjects) {
    await tx`
      insert into ${tx(deltasOf(subject))}
      select owner, viewer, day, expected_views - views from viewer_differences where subject = ${subject}`;
    probe();
    await addViewers(tx, subject);
    probe();
    await setCells(tx, subject, day);
  }
}

/** Cells only count rows, which nobody adds to while the cursors are locked: here values may be set. */
async function setCells(tx: Transaction, subject: Subject, day: string): Promise<void> {
  const [table, owner] = [tx(`${subject}_viewer_cells`), tx(`${subject}_id`)];
  await tx`
    with wrong as (${wrongCells(tx, subject, day)}), gone as (
      delete from ${table} t using wrong w
      where t.${owner} = w.owner and t.day = ${day}::date and t.previous_day = w.previous_day and w.expected = 0
    )
    insert into ${table} (${owner}, day, previous_day, viewers)
    select owner, ${day}::date, previous_day, expected from wrong where expected > 0 order by 1, 3
    on conflict (${owner}, day, previous_day) do update set viewers = excluded.viewers`;
}

/** (owner, previous_day, viewers, expected) of the cells of a day that do not count its rows. */
function wrongCells(tx: Transaction, subject: Subject, day: string): Fragment {
  const owner = tx(`${subject}_id`);
  return tx`
    select owner, previous_day, coalesce(c.viewers, 0) as viewers, coalesce(r.viewers, 0) as expected
    from (
      select ${owner} as owner, previous_day, count(*) as viewers from ${tx(`${subject}_viewers`)} where day = ${day}::date group by 1, 2
    ) r full join (
      select ${owner} as owner, previous_day, viewers from ${tx(`${subject}_viewer_cells`)} where day = ${day}::date
    ) c using (owner, previous_day)
    where c.viewers is distinct from r.viewers and ${viewersAreKept(tx, tx`${day}::date`)}`;
}
