import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { videoKeyPattern } from '#videos/video-key.ts';
import { completeToText } from './freshness.ts';
import { openingViewsOfVideo } from './opening.ts';
import { isVideoOf } from './removed-videos.ts';

export type VideoCount = {
  key: string;
  views: number;
  botViews: number;
  people: number;
  /** What other products had counted before; in none of the others. */
  openingViews: number;
  completeTo: string | null;
};

/** A video's lifetime counts, for public pages, of the one it was merged into if it was; undefined when there is no such video. */
export async function videoCount(db: Db, key: string): Promise<VideoCount | undefined> {
  if (!videoKeyPattern.test(key)) return undefined;
  const [row] = await db.execute<VideoCount>(sql`
    select v.key, coalesce(t.views, 0)::float8 as views, coalesce(t.bot_views, 0)::float8 as "botViews",
      coalesce(t.views - t.bot_views, 0)::float8 as people,
      ${openingViewsOfVideo(sql`v.id`)} as "openingViews", ${completeToText} as "completeTo"
    from videos v left join video_totals t on t.video_id = v.id
    where v.removed_at is null and ${isVideoOf(key)}`);
  return row;
}
