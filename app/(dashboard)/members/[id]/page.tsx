import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { findMember } from '#accounts/members.ts';
import { permit } from '#app/permit.ts';
import { channelChoices } from '#channels/channel-choices.ts';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { SubmitButton } from '#components/submit-button.tsx';
import { runtime } from '#runtime.ts';
import { takeSecondFactorHere } from './actions.ts';
import { RemoveForm, ResetLinkForm, RoleForm } from './member-forms.tsx';

export const metadata: Metadata = { title: 'Member' };

export default async function MemberPage({ params }: { params: Promise<{ id: string }> }) {
  await permit('accounts:manage');
  const { id } = await params;
  const { sql } = runtime().accounts;
  const [member, channels] = await Promise.all([findMember(sql, id), channelChoices(sql)]);
  if (!member) notFound();
  return (
    <>
      <PageHeader title={member.name} crumbs={[{ name: 'Members', href: '/members' }]} />
      <p className="mb-6 wrap-anywhere text-muted">{member.email}</p>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <Panel title="Role">
          <RoleForm id={id} role={member.role} chosen={member.channels} channels={channels} />
        </Panel>
        <Panel title="Password">
          <p className="mb-4 max-w-prose text-muted">
            Whoever forgot theirs chooses a new one by a link that you hand over. The old one works until then.
          </p>
          <ResetLinkForm id={id} />
        </Panel>
        {member.hasSecondFactor && (
          <Panel title="Second factor">
            <p className="mb-4 max-w-prose text-muted">
              Whoever lost phone and backup codes cannot sign in until it is off. Be sure that it is them who ask.
            </p>
            <form action={takeSecondFactorHere.bind(null, id)}>
              <SubmitButton look="grave">Turn it off</SubmitButton>
            </form>
          </Panel>
        )}
        <Panel title="Removing">
          <RemoveForm id={id} name={member.name} />
        </Panel>
      </div>
    </>
  );
}
