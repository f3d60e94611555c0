import type { Metadata } from 'next';
import Link from 'next/link';
import { listInvitations, type PendingInvitation } from '#accounts/invitations.ts';
import { listMembers, type Member } from '#accounts/members.ts';
import { permit } from '#app/permit.ts';
import { channelChoices } from '#channels/channel-choices.ts';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { SubmitButton } from '#components/submit-button.tsx';
import { instantText } from '#components/time-text.ts';
import { runtime } from '#runtime.ts';
import { withdrawHere } from './actions.ts';
import { InviteForm } from './invite-form.tsx';
import { roleText } from './role-text.ts';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage() {
  await permit('accounts:manage');
  const { accounts, timeZone } = runtime();
  const [members, invitations, channels] = await Promise.all([
    listMembers(accounts.sql),
    listInvitations(accounts.sql, new Date()),
    channelChoices(accounts.sql),
  ]);
  return (
    <>
      <PageHeader title="Members" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <Panel title="Who has an account">
          <ul>
            {members.map((member) => (
              <MemberRow key={member.id} member={member} timeZone={timeZone} />
            ))}
          </ul>
        </Panel>
        {invitations.length > 0 && (
          <Panel title="Who is invited">
            <ul>
              {invitations.map((invitation) => (
                <InvitationRow key={invitation.email} invitation={invitation} timeZone={timeZone} />
              ))}
            </ul>
          </Panel>
        )}
        <Panel title="Invite somebody">
          <InviteForm channels={channels} />
        </Panel>
      </div>
    </>
  );
}

function MemberRow({ member, timeZone }: { member: Member; timeZone: string }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-rule border-t py-3">
      <div className="min-w-0">
        <p className="wrap-anywhere">
          <Link href={`/members/${member.id}`} className="font-medium underline-offset-4 hover:underline">
            {member.name}
          </Link>{' '}
          <span className="text-muted">{member.email}</span>
        </p>
        <p className="wrap-anywhere text-muted text-xs leading-5">{roleText(member)}</p>
      </div>
      <p className="text-muted text-xs leading-5">
        {member.hasSecondFactor ? 'With a second factor' : 'No second factor'} ·{' '}
        {member.lastSeen ? `last seen ${instantText(member.lastSeen, 'day', timeZone)}` : 'signed out'}
      </p>
    </li>
  );
}

function InvitationRow({ invitation, timeZone }: { invitation: PendingInvitation; timeZone: string }) {
  const { email, expiresAt } = invitation;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-rule border-t py-3">
      <div className="min-w-0">
        <p className="wrap-anywhere font-medium">{email}</p>
        <p className="wrap-anywhere text-muted text-xs leading-5">
          {roleText(invitation)} · the link works until {instantText(expiresAt, 'hourOfDay', timeZone)}
        </p>
      </div>
      <form action={withdrawHere.bind(null, email)}>
        <SubmitButton look="quiet">
          Withdraw<span className="sr-only"> the invitation of {email}</span>
        </SubmitButton>
      </form>
    </li>
  );
}
