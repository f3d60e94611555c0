import type { Sql } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import type { CountingRules } from './change-counting.ts';
import { channelHandlePattern } from './channel-handle.ts';

export type ChannelSettings = {
  id: ChannelId;
  handle: string;
  name: string;
  isArchived: boolean;
  /** The sites whose players may count; none: every site. */
  origins: string[];
} & CountingRules;

/** Undefined where no channel has this handle. */
export async function channelSettings(sql: Sql, handle: string): Promise<ChannelSettings | undefined> {
  if (!channelHandlePattern.test(handle)) return undefined;
  const [channel] = await sql<ChannelSettings[]>`
    select id::float8 as id, handle, name, archived_at is not null as "isArchived",
      first_view_videos_per_day as "firstViewVideosPerDay", leaves_out_members as "leavesOutMembers",
      array(select pattern from allowed_origins where channel_id = c.id order by pattern) as origins
    from channels c where handle = ${handle}`;
  return channel;
}
