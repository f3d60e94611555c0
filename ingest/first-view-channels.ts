// The channels that make a video at its first view, from memory: they are few, and a flood of unknown keys asks for them each time.
import type { Sql } from '#db/client.ts';
import { withDeadline } from '#db/deadline.ts';
import type { ChannelId } from '#db/schema.ts';
import { allowsSite, type OriginRule, originRule } from './origin-rule.ts';
import type { Sender } from './sender.ts';

export type FirstViewChannel = {
  id: ChannelId;
  handle: string;
  origins: OriginRule;
  leavesOutMembers: boolean;
  /** Until then it has made as many as it may, in milliseconds since the epoch. */
  fullUntil: number;
};

export type FirstViewChannels = {
  /** Those that make videos at `now` (milliseconds). Rejects when the database is asked, and away. */
  list(now: number): Promise<FirstViewChannel[]>;
};

type Row = { id: string; handle: string; patterns: string[]; leavesOutMembers: boolean };

// News may be lost with the connection that brings it.
const rememberedForMs = 60_000;
const deadlineMs = 5_000;

/** Starts the list. It listens for `boxoffice_channels`, sent whenever a channel or its list of sites changes. */
export async function openFirstViewChannels(sql: Sql): Promise<FirstViewChannels> {
  let channels: FirstViewChannel[] = [];
  let changes = 0;
  let known = { changes: -1, at: Number.NEGATIVE_INFINITY };
  let reading: Promise<void> | undefined;
  const noteChange = () => {
    changes += 1;
  };
  await sql.listen('boxoffice_channels', noteChange, noteChange);

  async function read(now: number): Promise<void> {
    // What changes while they are read is read again.
    const asOf = { changes, at: now };
    const rows = await withDeadline(readChannels(sql), deadlineMs);
    channels = rows.flatMap(channelOf);
    known = asOf;
  }

  return {
    async list(now) {
      while (known.changes !== changes || Math.abs(now - known.at) >= rememberedForMs) {
        reading ??= read(now).finally(() => {
          reading = undefined;
        });
        await reading;
      }
      return channels;
    },
  };
}

/**
 * The channel in which a view of an unknown key makes a video: of those that the sender may do that for, the one that it names, or the only
 * one. Undefined where there is none, `several` where one is to be named, `other` where one is that is not among them.
 */
export function channelFor(
  channels: FirstViewChannel[],
  { server, origin }: Sender,
  named: string | undefined,
): FirstViewChannel | 'several' | 'other' | undefined {
  const allowed = channels.filter(({ id, origins }) =>
    server ? (server.channelIds?.has(id) ?? true) : allowsSite(origins, origin),
  );
  if (allowed.length === 0) return undefined;
  if (named !== undefined) return allowed.find(({ handle }) => handle === named) ?? 'other';
  // A key for every channel says nothing of which.
  return allowed.length > 1 || server?.channelIds === null ? 'several' : allowed[0];
}

async function readChannels(sql: Sql): Promise<Row[]> {
  return sql<Row[]>`
    select c.id, c.handle, c.leaves_out_members as "leavesOutMembers",
      array(select o.pattern from allowed_origins o where o.channel_id = c.id) as patterns
    from channels c where c.first_view_videos_per_day > 0 and c.archived_at is null`;
}

/** None for one without a list: there every site may count, and none may make videos. */
function channelOf({ id, handle, patterns, leavesOutMembers }: Row): FirstViewChannel[] {
  const origins = originRule(patterns);
  return origins ? [{ id: Number(id) as ChannelId, handle, origins, leavesOutMembers, fullUntil: 0 }] : [];
}
