import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { type Link, readLink } from '#accounts/links.ts';
import { passwordHint } from '#accounts/password.ts';
import { visitor } from '#app/permit.ts';
import { managedChannels } from '#channels/managed-channels.ts';
import { runtime } from '#runtime.ts';
import { Gone } from '../../gone.tsx';
import { Title } from '../../title.tsx';
import { JoinForm } from './join-form.tsx';

export const metadata: Metadata = { title: 'Your account' };

async function sentenceOf(link: Exclude<Link, { purpose: 'reset' }>): Promise<string> {
  if (link.purpose === 'set_up') return 'This makes the first account, an admin’s. You will see and manage everything.';
  switch (link.role) {
    case 'admin':
      return 'You are invited as an admin. You will see and manage everything.';
    case 'analyst':
      return 'You are invited as an analyst. You will see the counts of every channel.';
    case 'creator': {
      const channels = await managedChannels(runtime().accounts.sql, link.channels);
      if (channels.length === 0) return 'You are invited as a creator. An admin makes you a member of your channels.';
      return `You are invited as a creator. You will see and manage ${names.format(channels.map(({ name }) => name))}.`;
    }
  }
}

const names = new Intl.ListFormat('en', { type: 'conjunction' });

export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  if ((await visitor()).kind === 'user') redirect('/');
  const link = await readLink(runtime().accounts.sql, token, new Date());
  if (!link || link.purpose === 'reset') return <Gone link="join" />;
  return (
    <>
      <Title>{link.purpose === 'set_up' ? 'Set up Boxoffice' : 'Join Boxoffice'}</Title>
      <p className="-mt-3 mb-6 text-muted">{await sentenceOf(link)}</p>
      <JoinForm token={token} email={link.purpose === 'join' ? link.email : undefined} passwordHint={passwordHint} />
    </>
  );
}
