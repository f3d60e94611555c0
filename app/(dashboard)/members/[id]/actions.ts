'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { channelsOf } from '#accounts/invitations.ts';
import { mintResetLink } from '#accounts/links.ts';
import { changeMember, findMember, type MemberChange, removeMember } from '#accounts/members.ts';
import { takeSecondFactor } from '#accounts/second-factor.ts';
import { action, before, filled, named } from '#app/action.ts';
import { baseUrl } from '#app/base-url.ts';
import { permitAccounts } from '#app/managing.ts';
import { runtime } from '#runtime.ts';
import { channelsIn, roleIn } from '../role-in-form.ts';

export type MemberState = { problem?: string; done?: string };
export type LinkState = { problem?: string; link?: string };

const problems: Record<Exclude<MemberChange['status'], 'changed'>, string> = {
  last_admin: 'This is the last admin. Make somebody else admin first.',
  unknown: 'This account was removed meanwhile.',
};

export const changeHere = action([named, before, filled], async (id, _, form): Promise<MemberState> => {
  const author = await permitAccounts();
  const { sql } = runtime().accounts;
  const role = roleIn(form);
  const { ids, missing } = await channelsOf(sql, role === 'creator' ? channelsIn(form) : []);
  if (missing.length > 0) return { problem: `There is no channel ${missing.join(', nor ')}. Nothing was changed.` };
  const changed = await changeMember(sql, id, { role, channels: ids }, author);
  if (changed.status !== 'changed') return { problem: problems[changed.status] };
  revalidatePath('/members');
  return { done: 'Saved. It holds from now on, also on pages that are open.' };
});

export const mintResetLinkHere = action([named, before], async (id, _): Promise<LinkState> => {
  const { actor, now } = await permitAccounts();
  const { sql } = runtime().accounts;
  const member = await findMember(sql, id);
  const token = member && (await mintResetLink(sql, member.email, actor, now));
  return token ? { link: `${await baseUrl()}/reset/${token}` } : { problem: problems.unknown };
});

export const takeSecondFactorHere = action([named], async (id): Promise<void> => {
  const author = await permitAccounts();
  const { sql } = runtime().accounts;
  const member = await findMember(sql, id);
  if (member) await takeSecondFactor(sql, member.email, author);
  revalidatePath('/members');
});

export const removeHere = action([named, before], async (id, _): Promise<MemberState> => {
  const author = await permitAccounts();
  const removed = await removeMember(runtime().accounts.sql, id, author);
  if (removed.status !== 'changed') return { problem: problems[removed.status] };
  revalidatePath('/members');
  redirect('/members');
});
