// What counts for a channel, beside its list of sites.
import { z } from 'zod';
import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import { type LockedChannel, lockChannel } from './lock-channel.ts';
import { isSite } from './origin-pattern.ts';
import { originsOf } from './origins-of.ts';

export type CountingRules = {
  /** How many videos a reporting day may make by being viewed for the first time; 0: none. */
  firstViewVideosPerDay: number;
  /** Whether views of its members and of admins, signed in, are not counted. */
  leavesOutMembers: boolean;
};

export const firstViewVideosPerDay = z.coerce
  .number('should be a number from 1 to 10000')
  .int('should be a number from 1 to 10000')
  .min(1, 'should be a number from 1 to 10000')
  .max(10_000, 'should be a number from 1 to 10000');

export type ChangedCounting =
  | { status: 'changed' | 'unchanged'; rules: CountingRules }
  | { status: 'no_channel' }
  /** Videos are made by views from sites that the channel names, and it names none: nothing was changed. */
  | { status: 'needs_site' };

/** Gives the channel `handle` the rules that `changes` has. Servers are told after the commit. */
export async function changeCounting(
  sql: Sql,
  handle: string,
  changes: Partial<CountingRules>,
  author: Author,
): Promise<ChangedCounting> {
  return sql.begin(async (tx): Promise<ChangedCounting> => {
    const channel = await lockChannel(tx, handle);
    if (!channel) return { status: 'no_channel' };
    const rules = changedRules(channel, changes);
    if (!haveSite(rules, await originsOf(tx, channel.id))) return { status: 'needs_site' };
    const isChanged = await storeRules(tx, channel, rules, author);
    return { status: isChanged ? 'changed' : 'unchanged', rules };
  });
}

export function changedRules(
  { firstViewVideosPerDay, leavesOutMembers }: CountingRules,
  changes: Partial<CountingRules>,
): CountingRules {
  return {
    firstViewVideosPerDay: changes.firstViewVideosPerDay ?? firstViewVideosPerDay,
    leavesOutMembers: changes.leavesOutMembers ?? leavesOutMembers,
  };
}

/** Whether the list of sites is enough for the rules. */
export function haveSite({ firstViewVideosPerDay }: CountingRules, patterns: string[]): boolean {
  return firstViewVideosPerDay === 0 || patterns.some(isSite);
}

/** Writes the rules and the entry that says so; false where they are so already. */
export async function storeRules(
  tx: Transaction,
  { id, handle, ...channel }: LockedChannel,
  rules: CountingRules,
  author: Author,
): Promise<boolean> {
  const before = changedRules(channel, {});
  if (JSON.stringify(before) === JSON.stringify(rules)) return false;
  await tx`
    update channels set
      first_view_videos_per_day = ${rules.firstViewVideosPerDay}, leaves_out_members = ${rules.leavesOutMembers}
    where id = ${id}`;
  await recordChange(tx, author, {
    action: 'channel.change_counting',
    subject: `channel:${handle}`,
    before,
    after: rules,
  });
  await tx`select pg_notify('boxoffice_channels', ${String(id)})`;
  return true;
}
