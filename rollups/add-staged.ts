// Counts the staged views into every aggregate: what the tick does with new views, and what is done with old ones that count another way.
import type { Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { addCounts } from './add-counts.ts';
import { rollUpBreakdowns } from './breakdowns/roll-up-breakdowns.ts';
import { bucketOf, minutesKeptFrom } from './grains.ts';
import { hourIsKept } from './kept-hours.ts';
import { aggregates, countByChannel, countByVideo, countsOf, makeSlotTables } from './slot-counts.ts';
import { addToSlidingHour } from './top/sliding-hour.ts';
import { updateTopLists } from './top/top-lists.ts';
import { rollUpViewers } from './viewers/roll-up-viewers.ts';

/** To be called while the cursors are locked; `now` is the time of the latest tick or later. */
export async function addStaged(
  tx: Transaction,
  now: Date,
  timeZone: ReportingZone,
  probe: () => void = () => {},
  listed?: number,
): Promise<void> {
  probe();
  await makeSlotTables(tx);
  probe();
  await countByVideo(tx, tx`staged_views v`);
  probe();
  await countByChannel(tx);
  probe();
  await addToSlidingHour(tx);
  const isKept = {
    minute: tx`slot >= ${minutesKeptFrom(now)}::timestamptz`,
    hour: hourIsKept(tx, bucketOf(tx, 'hour', timeZone, tx`slot`)),
  };
  for (const { subject, grain } of aggregates) {
    probe();
    const condition = grain === 'minute' || grain === 'hour' ? isKept[grain] : tx`true`;
    await addCounts(tx, subject, grain, countsOf(tx, subject, grain, timeZone, condition));
  }
  await rollUpBreakdowns(tx, timeZone, probe);
  await rollUpViewers(tx, timeZone, probe);
  await updateTopLists(tx, now, timeZone, probe, listed);
}
