import type { Metadata } from 'next';
import { connection } from 'next/server';
import { readLink } from '#accounts/links.ts';
import { passwordHint } from '#accounts/password.ts';
import { runtime } from '#runtime.ts';
import { Gone } from '../../gone.tsx';
import { Title } from '../../title.tsx';
import { ResetForm } from './reset-form.tsx';

export const metadata: Metadata = { title: 'New password' };

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  await connection();
  const { token } = await params;
  const link = await readLink(runtime().accounts.sql, token, new Date());
  if (link?.purpose !== 'reset') return <Gone link="reset" />;
  return (
    <>
      <Title>Choose a new password</Title>
      <ResetForm token={token} email={link.email} passwordHint={passwordHint} />
    </>
  );
}
