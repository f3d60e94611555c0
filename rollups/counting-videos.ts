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

/**
 * Whose a view is, to be joined with a relation `v` of views: `o.owner` is each video that it counts by (its own, and the one that was
 * merged into), or each channel (its own and all together; of a deleted video only that of those).
 */
export function ownersOfView(sql: Sql | Transaction, subject: 'video' | 'channel'): Fragment {
  if (subject === 'video') {
    return sql`
      videos k on k.id = v.video_id join lateral (values (k.id), (k.merged_into)) o(owner) on o.owner is not null`;
  }
  return sql`
    videos k on k.id = v.video_id join ${countingVideos(sql)} on c.id = coalesce(k.merged_into, k.id)
      join lateral unnest(case when c.counting_id < 0 then array[c.counting_id] else array[c.counting_id, 0] end) o(owner) on true`;
}
