import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { channelByHandle } from './channel-by-handle.ts';
import { allChannels, type Subject } from './subject.ts';
import type { TableQuery } from './table-query.ts';
import { videosInAll, videosPerChannel } from './videos-per-channel.ts';

export type ListedVideos = {
  /** Conditions on `videos` besides that they were not removed; undefined where every one is listed. */
  filter: SQL | undefined;
  /** How many videos there are to page through. */
  total: number;
  /** Whether it is cheap to read them all. */
  isFew: boolean;
  /** Whose videos they all are; undefined for what a search found. */
  subject: Subject | undefined;
};

// Nobody pages further through what a search found, and counting on would read the whole table.
const maxFound = 10_000;
const few = 10_000;

/** Which videos a query lists, and how many they are. */
export async function findListedVideos(db: Db, { search, channel }: TableQuery, now: Date): Promise<ListedVideos> {
  if (!channel && !search) return listedVideos(undefined, await videosInAll(db, now), allChannels);
  const found = channel ? await channelByHandle(db, channel) : undefined;
  if (channel && !found) return listedVideos(sql`false`, 0);
  const inChannel = found ? sql`channel_id = ${found.id}` : sql`true`;
  if (found && !search) {
    const counted = (await videosPerChannel(db, now)).get(found.id) ?? 0;
    return listedVideos(inChannel, counted, { channel: found.id });
  }
  const filter = sql`${inChannel} and ${matches(search)}`;
  const [row] = await db.execute<{ total: number }>(sql`
    select count(*)::float8 as total from (select from videos where removed_at is null and ${filter} limit ${maxFound + 1}) found`);
  const listed = listedVideos(filter, row?.total ?? 0);
  return { ...listed, total: Math.min(listed.total, maxFound) };
}

function listedVideos(filter: SQL | undefined, counted: number, subject?: Subject): ListedVideos {
  return { filter, total: counted, isFew: counted <= few, subject };
}

/** Whether title or key contains a text, in capitals or not. The index of trigrams serves three letters or more. */
function matches(search: string): SQL {
  const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql`search_text like ${pattern}`;
}
