import { deletedVideosId } from '#channels/reserved-channels.ts';
import type { Fragment, Sql, Transaction } from '#db/client.ts';

/**
 * The videos that channels are summed from, to be joined as `c` with what was counted by video: not those that were merged, which the
 * rows of another hold as well. `c.counting_id` is the channel that it counts in.
 */
export function countingVideos(sql: Sql | Transaction): Fragment {
  return sql`(
    select id, case when removed_at is null then channel_id else ${deletedVideosId}::bigint end as counting_id
    from videos where merged_into is null) c`;
}
