import { type SQL, sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import type { Db } from '#db/client.ts';
import { channelByHandle } from './channel-by-handle.ts';
import { isInScope, type Subject } from './subject.ts';
import type { TableQuery } from './table-query.ts';
import { videosIn } from './videos-per-channel.ts';

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

/** Which videos of a scope a query lists, and how many they are. */
export async function findListedVideos(
  db: Db,
  scope: Scope,
  { search, channel }: TableQuery,
  now: Date,
): Promise<ListedVideos> {
  const found = channel ? await channelByHandle(db, scope, channel) : undefined;
  if (channel && !found) return listedVideos(sql`false`, 0);
  const inChannels = found ? sql`channel_id = ${found.id}` : isInScope(scope, sql`channel_id`);
  if (!search) {
    const channels = found ? [found.id] : scope;
    const subject = found ? { channel: found.id } : { channels };
    return listedVideos(channels === 'all' ? undefined : inChannels, await videosIn(db, channels, now), subject);
  }
  const filter = sql`${inChannels} and ${matches(search)}`;
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
