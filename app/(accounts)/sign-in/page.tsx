import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { visitor } from '#app/permit.ts';
import { firstText, type SearchParams } from '#components/address.ts';
import { returnPath } from '#security/return-path.ts';
import { Title } from '../title.tsx';
import { SignInForm } from './sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { next, done } = await searchParams;
  const path = returnPath(firstText(next));
  if ((await visitor()).kind === 'user') redirect(path);
  return (
    <>
      <Title>Sign in</Title>
      {firstText(done) === 'password' && (
        <p role="status" className="mb-6 rounded border border-rule bg-surface px-3 py-2">
          Your password is changed. Sign in with the new one.
        </p>
      )}
      <SignInForm next={path} />
      <p className="mt-6 text-muted">
        <Link href="/forgot" className="underline underline-offset-4 hover:text-ink">
          Forgot your password?
        </Link>
      </p>
    </>
  );
}
