import { sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import { channelHandlePattern } from '#channels/channel-handle.ts';
import type { Db } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';
import { isInScope } from './subject.ts';

export type Channel = { id: ChannelId; handle: string; name: string };

/** The channel of a handle; undefined when there is none, or none within the scope. */
export async function channelByHandle(db: Db, scope: Scope, handle: string): Promise<Channel | undefined> {
  if (!channelHandlePattern.test(handle)) return undefined;
  const [row] = await db.execute<Channel>(sql`
    select id::float8 as id, handle, name from channels where handle = ${handle} and ${isInScope(scope, sql`id`)}`);
  return row;
}
