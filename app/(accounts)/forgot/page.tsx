import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { visitor } from '#app/permit.ts';
import { Command } from '#components/command.tsx';
import { runtime } from '#runtime.ts';
import { Title } from '../title.tsx';
import { ForgotForm } from './forgot-form.tsx';

export const metadata: Metadata = { title: 'Forgotten password' };

export default async function ForgotPage() {
  if ((await visitor()).kind === 'user') redirect('/account');
  return (
    <>
      <Title>Forgot your password?</Title>
      {runtime().mailer ? (
        <ForgotForm />
      ) : (
        <p>
          Ask an admin for a link: they make one on the page Members. Whoever runs the server makes one there with{' '}
          <Command>npm run account -- --reset E-MAIL</Command>.
        </p>
      )}
      <p className="mt-6">
        <Link href="/sign-in" className="text-muted underline underline-offset-4 hover:text-ink">
          Back to signing in
        </Link>
      </p>
    </>
  );
}
