'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { addChannelMember, type MembershipChange, removeChannelMember } from '#accounts/channel-members.ts';
import { action, before, filled, named } from '#app/action.ts';
import { permitChannel } from '#app/managing.ts';
import { permit } from '#app/permit.ts';
import { archiveChannel, bringChannelBack } from '#channels/archive-channel.ts';
import { changeChannel } from '#channels/change-channel.ts';
import { changeCounting, firstViewVideosPerDay } from '#channels/change-counting.ts';
import { addOrigin, removeOrigin } from '#channels/change-origins.ts';
import { newChannel } from '#channels/create-channel.ts';
import { originPattern } from '#channels/origin-pattern.ts';
import { type FormState, problemsOf, refused, textOf } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';

const sql = () => runtime().accounts.sql;

export const rename = action([named, before, filled], async (handle, _, form): Promise<FormState> => {
  const { author } = await permitChannel(handle);
  const parsed = newChannel
    .pick({ handle: true, name: true })
    .safeParse({ handle: textOf(form, 'handle'), name: textOf(form, 'name') });
  if (!parsed.success) return refused(form, problemsOf(parsed.error.issues));
  const changed = await changeChannel(sql(), handle, parsed.data, author);
  if (changed.status === 'handle_taken') return refused(form, { handle: 'is another channel’s' });
  if (changed.status === 'no_channel') return { said: 'The channel is gone: go back to the list.', isWrong: true };
  if (changed.handle !== handle) redirect(`/channels/${changed.handle}/settings?said=renamed`);
  revalidatePath(`/channels/${handle}`, 'layout');
  return { said: changed.status === 'changed' ? 'Saved.' : 'It is so already.' };
});

export const addSite = action([named, before, filled], async (handle, _, form): Promise<FormState> => {
  const { author } = await permitChannel(handle);
  const pattern = originPattern(textOf(form, 'site'));
  if (pattern === undefined)
    return refused(form, { site: 'should be like example.com or *.example.com, without a path; or none, or null' });
  const { status } = await addOrigin(sql(), handle, pattern, author);
  revalidatePath(`/channels/${handle}/settings`);
  return { said: status === 'changed' ? `${pattern} may count from now on.` : `${pattern} is on the list already.` };
});

export const removeSite = action([named, named], async (handle, pattern): Promise<FormState> => {
  const { author } = await permitChannel(handle);
  const { status } = await removeOrigin(sql(), handle, pattern, author);
  if (status === 'needs_site')
    return { said: 'First views make videos, which takes a site: set that to 0 first.', isWrong: true };
  revalidatePath(`/channels/${handle}/settings`);
  return { said: `${pattern} is off the list.` };
});

export const setCounting = action([named, before, filled], async (handle, _, form): Promise<FormState> => {
  const { author } = await permitChannel(handle);
  const text = textOf(form, 'firstViews');
  const parsed = text === '0' ? { success: true as const, data: 0 } : firstViewVideosPerDay.safeParse(text);
  if (!parsed.success) return refused(form, { firstViews: 'should be 0, or a number from 1 to 10000' });
  const changes = { firstViewVideosPerDay: parsed.data, leavesOutMembers: textOf(form, 'members') !== 'counted' };
  const { status } = await changeCounting(sql(), handle, changes, author);
  if (status === 'needs_site')
    return refused(form, { firstViews: 'needs a site on the list above, one that is named' });
  revalidatePath(`/channels/${handle}/settings`);
  return { said: status === 'changed' ? 'Saved.' : 'It is so already.' };
});

/** Admins only, as everything about accounts. */
export const addMember = action([named, before, filled], async (handle, _, form): Promise<FormState> => {
  await permit('accounts:manage');
  const { channel, author } = await permitChannel(handle);
  const added = await addChannelMember(sql(), channel.id, textOf(form, 'email'), author);
  revalidatePath(`/channels/${handle}/settings`);
  const problem = problemOfMember(added);
  if (problem) return refused(form, { email: problem });
  const name = 'member' in added ? added.member.name : '';
  return { said: added.status === 'changed' ? `${name} manages it from now on.` : `${name} manages it already.` };
});

export const removeMember = action([named, named], async (handle, email): Promise<FormState> => {
  await permit('accounts:manage');
  const { channel, author } = await permitChannel(handle);
  await removeChannelMember(sql(), channel.id, email, author);
  revalidatePath(`/channels/${handle}/settings`);
  return { said: `${email} no longer manages it.` };
});

export const setArchived = action([named, z.boolean()], async (handle, isArchived): Promise<FormState> => {
  const { author } = await permitChannel(handle);
  const set = isArchived ? archiveChannel : bringChannelBack;
  await set(sql(), handle, author);
  revalidatePath(`/channels/${handle}/settings`);
  return { said: isArchived ? 'Archived: it takes no more videos.' : 'It takes videos again.' };
});

function problemOfMember({ status }: MembershipChange): string | undefined {
  if (status === 'no_account') return 'is nobody’s here: invite them first, on the page Members';
  if (status === 'not_creator') return 'is an admin’s or analyst’s, who see every channel anyway';
}
