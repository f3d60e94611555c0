// The viewers of the staged views, in the tick and wherever views are counted another way than before.
import type { Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { bucketOf } from '../grains.ts';
import { addViewers } from './add-viewers.ts';
import { noteBoundViews } from './bind-viewers.ts';
import { countViewersByChannel, countViewersByVideo, makeViewerDeltas } from './count-viewers.ts';

/** Counts the staged views into the viewers of their videos and channels. */
export async function rollUpViewers(tx: Transaction, timeZone: ReportingZone, probe: () => void): Promise<void> {
  probe();
  await makeViewerDeltas(tx);
  probe();
  await countViewersByVideo(tx, timeZone);
  probe();
  await countViewersByChannel(tx);
  probe();
  await noteBoundViews(tx, bucketOf(tx, 'day', timeZone, tx`v.viewed_at`));
  await addViewers(tx, 'video', probe);
  await addViewers(tx, 'channel', probe);
}
