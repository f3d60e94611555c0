import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import type { Range } from './range.ts';
import { type ScreenedFilter, screenedIn } from './screened.ts';

export type ByVideo = {
  /** The most frequent first. Without key and title where no video is known. */
  videos: { key: string | null; title: string | null; views: number }[];
  /** What is of others. */
  other: number;
};

/** The videos of most views that were not counted; with `other` they sum to all of them. The video id breaks ties. */
export async function screenedByVideo(
  db: Reader,
  range: Range,
  filter: ScreenedFilter,
  limit: number,
): Promise<ByVideo> {
  const { table, isIn } = screenedIn(range, filter);
  const rows = await db.execute<{ isListed: boolean } & ByVideo['videos'][number]>(sql`
    with counted as (select video_id, sum(views) as views from ${table} where ${isIn} group by 1), ranked as (
      select video_id, views, row_number() over (order by views desc, video_id) as place from counted
    ), listed as (
      select least(place, ${limit}::int + 1) as place, case when place <= ${limit} then video_id end as video_id, sum(views) as views
      from ranked
      group by 1, 2
    )
    select l.place <= ${limit} as "isListed", v.key, v.title, l.views::float8 as views
    from listed l left join videos v on v.id = l.video_id
    order by l.place`);
  return {
    videos: rows.flatMap(({ isListed, ...row }) => (isListed ? [row] : [])),
    other: rows.find(({ isListed }) => !isListed)?.views ?? 0,
  };
}
