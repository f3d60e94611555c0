// Which videos are watched by the same people, from the kept rows of viewers, counted anew every night. Writes also_watched.
import type { Sql } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';

/** Of the days before. */
export const coViewedDays = 28;
// Whoever saw more than this says nothing of what goes together, and makes a pair of each two.
const mostVideos = 100;
/** Fewer are a chance, and could be told apart. */
export const leastViewers = 3;
const listed = 10;

/** Counts the viewers of both of each two videos up to `today` (YYYY-MM-DD); keeps for each video the ten with most, of its channel and of all. */
export async function countAlsoWatched(sql: Sql, today: string, now: Date): Promise<number> {
  return sql.begin(async (tx) => {
    // Two that count at once would each see what the other is about to replace.
    await tx`lock table also_watched in share row exclusive mode`;
    await tx`delete from also_watched`;
    const counted = await tx`
      with seen as materialized (
        select distinct v.viewer, v.video_id, k.channel_id
        from video_viewers v join videos k on k.id = v.video_id and k.removed_at is null
        where v.day >= ${shiftDay(today, -coViewedDays)}::text::date and v.day <= ${today}::text::date
      ), telling as (
        select viewer from seen group by viewer having count(*) between 2 and ${mostVideos}::int
      ), pairs as (
        select a.video_id, b.video_id as other_id, a.channel_id = b.channel_id as is_of_channel, count(*) as viewers
        from telling join seen a using (viewer) join seen b using (viewer)
        where a.video_id <> b.video_id
        group by 1, 2, 3 having count(*) >= ${leastViewers}::int
      ), ranked as (
        select *, row_number() over (partition by video_id order by viewers desc, other_id) as place,
          row_number() over (partition by video_id, is_of_channel order by viewers desc, other_id) as place_in_channel
        from pairs
      )
      insert into also_watched (video_id, other_id, viewers, counted_at)
      select video_id, other_id, viewers, ${now.toISOString()}::text::timestamptz from ranked
      where place <= ${listed}::int or (is_of_channel and place_in_channel <= ${listed}::int)
      order by 1, 2`;
    return counted.count;
  });
}
