import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { readLink } from '#accounts/links.ts';
import { passwordHint } from '#accounts/password.ts';
import { visitor } from '#app/permit.ts';
import { runtime } from '#runtime.ts';
import { Gone } from '../../gone.tsx';
import { Title } from '../../title.tsx';
import { JoinForm } from './join-form.tsx';

export const metadata: Metadata = { title: 'Your account' };

const sentences = {
  admin: 'You will see and manage everything.',
  analyst: 'You will see the counts of every channel.',
  creator: 'You will see and manage your own channels.',
};

export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  if ((await visitor()).kind === 'user') redirect('/');
  const link = await readLink(runtime().accounts.sql, token, new Date());
  if (!link || link.purpose === 'reset') return <Gone link="join" />;
  return (
    <>
      <Title>{link.purpose === 'set_up' ? 'Set up Boxoffice' : 'Join Boxoffice'}</Title>
      <p className="-mt-3 mb-6 text-muted">
        {link.purpose === 'set_up' ? 'This makes the first account, an admin’s. ' : 'You are invited. '}
        {sentences[link.purpose === 'set_up' ? 'admin' : link.role]}
      </p>
      <JoinForm token={token} email={link.purpose === 'join' ? link.email : undefined} passwordHint={passwordHint} />
    </>
  );
}
