import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { channelByHandle } from './channel-by-handle.ts';
import type { TableQuery } from './table-query.ts';
import { videosInAll, videosPerChannel } from './videos-per-channel.ts';

export type ListedVideos = {
  /** Conditions on `videos`; undefined where every video is listed. */
  filter: SQL | undefined;
  total: number;
};

// Nobody pages further through what a search found, and counting on would read the whole table.
const maxFound = 10_000;

/** Which videos a query lists, and how many they are. */
export async function findListedVideos(db: Db, { search, channel }: TableQuery, now: Date): Promise<ListedVideos> {
  if (!channel && !search) return { filter: undefined, total: await videosInAll(db, now) };
  const found = channel ? await channelByHandle(db, channel) : undefined;
  if (channel && !found) return { filter: sql`false`, total: 0 };
  const inChannel = found ? sql`channel_id = ${found.id}` : sql`true`;
  if (found && !search) return { filter: inChannel, total: (await videosPerChannel(db, now)).get(found.id) ?? 0 };
  const filter = sql`${inChannel} and ${matches(search)}`;
  const [row] = await db.execute<{ total: number }>(sql`
    select count(*)::float8 as total from (select from videos where ${filter} limit ${maxFound}) found`);
  return { filter, total: row?.total ?? 0 };
}

/** Whether title or key contains a text, in capitals or not. The index of trigrams serves three letters or more. */
function matches(search: string): SQL {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`(title collate "und-x-icu" ilike ${pattern} or key ilike ${pattern})`;
}
