import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { readOwnAccount } from '#accounts/own-account.ts';
import { passwordHint } from '#accounts/password.ts';
import { permitUser } from '#app/permit.ts';
import { signOutHere } from '#app/sign-out.ts';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { SubmitButton } from '#components/submit-button.tsx';
import { runtime } from '#runtime.ts';
import { NameForm, PasswordForm } from './account-forms.tsx';
import { endOtherSessionsHere } from './actions.ts';
import { SecondFactor } from './second-factor.tsx';

export const metadata: Metadata = { title: 'Account' };

export default async function AccountPage() {
  const { id } = await permitUser();
  const account = await readOwnAccount(runtime().accounts.sql, id, new Date());
  if (!account) notFound();
  const others = account.sessions - 1;
  return (
    <>
      <PageHeader title="Account" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <Panel title="You">
          <NameForm name={account.name} email={account.email} />
        </Panel>
        <Panel title="Password">
          <PasswordForm email={account.email} passwordHint={passwordHint} />
        </Panel>
        <Panel title="Second factor">
          <SecondFactor isOn={account.hasSecondFactor} />
        </Panel>
        <Panel title="Signed in">
          <p className="mb-4 text-muted">
            {others > 0
              ? `In this browser, and ${others === 1 ? 'one other' : `${others} others`}.`
              : 'In this browser only.'}{' '}
            A browser is signed out 30 days after it signed in.
          </p>
          <div className="flex flex-wrap gap-3">
            {others > 0 && (
              <form action={endOtherSessionsHere}>
                <SubmitButton look="quiet">Sign out everywhere else</SubmitButton>
              </form>
            )}
            <form action={signOutHere}>
              <SubmitButton look="quiet">Sign out here</SubmitButton>
            </form>
          </div>
        </Panel>
      </div>
    </>
  );
}
