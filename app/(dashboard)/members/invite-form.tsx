'use client';

import { useActionState } from 'react';
import { FormField } from '#components/form-field.tsx';
import { Snippet } from '#components/snippet.tsx';
import { SubmitButton } from '#components/submit-button.tsx';
import { type InviteState, inviteHere } from './actions.ts';
import { type ChannelChoice, RoleFields } from './role-fields.tsx';

export function InviteForm({ channels }: { channels: ChannelChoice[] }) {
  const [state, send] = useActionState(inviteHere, {});
  const problemOf = (field: string) => (state.field === field ? state.problem : undefined);
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <form action={send} className="grid max-w-sm content-start gap-4">
        <FormField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="off"
          required
          maxLength={320}
          defaultValue={state.given?.email}
          problem={problemOf('email')}
        />
        <RoleFields
          // What was chosen survives a mistake.
          key={JSON.stringify(state.given)}
          channels={channels}
          role={state.given?.role ?? 'creator'}
          chosen={state.given?.channels ?? []}
          problem={problemOf('channels')}
        />
        <div>
          <SubmitButton>Invite</SubmitButton>
        </div>
      </form>
      <div role="status">{state.invited && <InvitationLink {...state.invited} />}</div>
    </div>
  );
}

const mails = {
  sent: 'A mail with this link is on its way. You can hand it over yourself, too.',
  failed: 'The mail with this link could not be sent, and the server’s log says why. Hand the link over yourself.',
  none: 'Hand this link over yourself: this server sends no mail, because SMTP_URL is not set.',
};

function InvitationLink({ email, link, mail }: NonNullable<InviteState['invited']>) {
  return (
    <div className="grid gap-2">
      <p>
        <span className="wrap-anywhere font-medium">{email}</span> is invited.{' '}
        <span className={mail === 'failed' ? 'text-wrong' : ''}>{mails[mail]}</span>
      </p>
      <Snippet name="Link, shown this once, good for seven days" code={link} />
    </div>
  );
}
