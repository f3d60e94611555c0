import type { Sql } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';

export type ManagedChannel = {
  id: ChannelId;
  handle: string;
  name: string;
  isArchived: boolean;
  /** How many sites are on its list; 0: every site counts. */
  origins: number;
  /** How many creators manage it. */
  members: number;
};

/** These channels (null: all), by name, the archived ones last. */
export async function managedChannels(sql: Sql, ids: ChannelId[] | null): Promise<ManagedChannel[]> {
  return sql<ManagedChannel[]>`
    select id::float8 as id, handle, name, archived_at is not null as "isArchived",
      (select count(*) from allowed_origins where channel_id = c.id)::float8 as origins,
      (select count(*) from channel_members m join users u on u.id = m.user_id
        where m.channel_id = c.id and u.role = 'creator')::float8 as members
    from channels c where ${ids}::bigint[] is null or id = any(${ids}::bigint[])
    order by "isArchived", lower(name), id`;
}
