import { LogIn, LogOut, UserRound } from 'lucide-react';
import Link from 'next/link';
import { hasAccounts } from '#accounts/visitor.ts';
import { runtime } from '#runtime.ts';
import { visitor } from './permit.ts';
import { signOutHere } from './sign-out.ts';

const row =
  'flex w-full items-center gap-3 rounded px-2 py-1.5 text-left text-muted leading-5 hover:bg-hover hover:text-ink';

/** Who the reader is: their account and the way out, or the way in. */
export async function AccountFoot() {
  const actor = await visitor();
  if (actor.kind === 'user') {
    return (
      <>
        <Link href="/account" className={row}>
          <UserRound className="size-5" strokeWidth={1.75} aria-hidden="true" />
          Account
        </Link>
        <form action={signOutHere}>
          <button type="submit" className={row}>
            <LogOut className="size-5" strokeWidth={1.75} aria-hidden="true" />
            Sign out
          </button>
        </form>
      </>
    );
  }
  if (actor.kind === 'guest' && !(await hasAccounts(runtime().accounts.sql))) {
    return (
      <p className="px-2 text-muted text-xs leading-5">
        Nobody has an account yet. The server printed a link for the first one when it started.
      </p>
    );
  }
  return (
    <Link href="/sign-in" className={row}>
      <LogIn className="size-5" strokeWidth={1.75} aria-hidden="true" />
      Sign in
    </Link>
  );
}
