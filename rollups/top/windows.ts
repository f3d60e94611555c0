// Which hours, days and months have lists: the current one and the one before. Their names in top_videos are instants; of a day or a
// month it is its date at midnight UTC, whatever the zone.
import type { Fragment, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { bucketOf } from '../grains.ts';

export type ListGrain = 'hour' | 'day' | 'month' | 'total';
export const listGrains: readonly ListGrain[] = ['hour', 'day', 'month', 'total'];

/** How many videos a list names. */
export const listLength = 1_000;

/** The bucket of a grain before the one of `now`, as its column has it; lists begin there. */
export function firstBucket(
  tx: Transaction,
  grain: Exclude<ListGrain, 'total'>,
  timeZone: ReportingZone,
  now: Date,
): Fragment {
  const at = tx`${now.toISOString()}::text::timestamptz`;
  const current = bucketOf(tx, grain, timeZone, at);
  switch (grain) {
    case 'hour':
      return bucketOf(tx, 'hour', timeZone, tx`(${current} - interval '1 second')`);
    case 'day':
      return tx`(${current} - 1)`;
    case 'month':
      return tx`(${current} - interval '1 month')::date`;
  }
}

/** The name of a bucket in top_videos. */
export function periodOf(tx: Transaction, grain: ListGrain, bucket: Fragment): Fragment {
  switch (grain) {
    case 'hour':
      return bucket;
    case 'total':
      return tx`'-infinity'::timestamptz`;
    default:
      return tx`(${bucket}::timestamp at time zone 'UTC')`;
  }
}
