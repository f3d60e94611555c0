// What pages and actions that manage something ask first: who it is, and whether the very row is theirs.
import { notFound } from 'next/navigation';
import type { Author } from '#accounts/audit-entries.ts';
import type { Actor } from '#accounts/may.ts';
import { type ChannelSettings, channelSettings } from '#channels/channel-settings.ts';
import type { ChannelId } from '#db/schema.ts';
import { runtime } from '#runtime.ts';
import { findRemovedVideo, findVideo, type RemovedVideo, type StoredVideo } from '#videos/find-video.ts';
import { permit, visitor } from './permit.ts';

/** Who makes a change, for the audit of changes. */
export function authorOf(actor: Actor): Author {
  // Nobody else has a permission to change anything.
  if (actor.kind !== 'user') notFound();
  return { actor: `user:${actor.id}`, now: new Date() };
}

/** Whoever manages accounts and keys, as the author of what they change; else there is no page. */
export async function permitAccounts(): Promise<Author> {
  return authorOf(await permit('accounts:manage'));
}

/** The channel with this handle, if the visitor manages it; else there is no page. */
export async function permitChannel(handle: string): Promise<{ channel: ChannelSettings; author: Author }> {
  const channel = await channelSettings(runtime().accounts.sql, handle);
  const actor = await permit('channel:manage', channel && { channel: channel.id });
  if (!channel) notFound();
  return { channel, author: authorOf(actor) };
}

/** The video with this key, if the visitor manages its channel; else there is no page. */
export async function permitVideo(key: string): Promise<{ video: StoredVideo; author: Author }> {
  const video = await findVideo(runtime().accounts.sql, key);
  const actor = await permit('channel:manage', video && { channel: video.channelId });
  if (!video) notFound();
  return { video, author: authorOf(actor) };
}

/** The same of a video that was merged or deleted. */
export async function permitRemovedVideo(key: string): Promise<{ video: RemovedVideo; author: Author }> {
  const video = await findRemovedVideo(runtime().accounts.sql, key);
  const actor = await permit('channel:manage', video && { channel: video.channelId });
  if (!video) notFound();
  return { video, author: authorOf(actor) };
}

/**
 * The channels whose settings and videos the visitor manages: a creator's own, or all (null); whoever has none finds no page. Route
 * handlers pass permitRoute.
 */
export async function channelsToManage(ask = permit): Promise<{ ids: ChannelId[] | null; author: Author }> {
  const actor = await visitor();
  if (actor.kind === 'user' && actor.role === 'creator') {
    if (actor.channels.size === 0) notFound();
    return { ids: [...actor.channels], author: authorOf(actor) };
  }
  return { ids: null, author: authorOf(await ask('channel:manage')) };
}

/** Whether there is a channel that the visitor manages, for links to what else is 404. */
export async function managesAny(): Promise<boolean> {
  const actor = await visitor();
  return actor.kind === 'user' && (actor.role === 'admin' || (actor.role === 'creator' && actor.channels.size > 0));
}
