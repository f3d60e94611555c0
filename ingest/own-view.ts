import { may } from '#accounts/may.ts';
import type { ChannelId } from '#db/schema.ts';
import type { Sender } from './sender.ts';

/** Whether a view is of the channel's own people, and the channel leaves those out. */
export function isLeftOut(channel: { id: ChannelId; leavesOutMembers: boolean }, { actor }: Sender): boolean {
  return channel.leavesOutMembers && actor !== undefined && may(actor, 'channel:manage', { channel: channel.id });
}
