import type { ChannelMember } from '#accounts/channel-members.ts';
import type { ChannelSettings } from '#channels/channel-settings.ts';
import { ActionForm } from '#components/action-form.tsx';
import { addMember, removeMember } from './actions.ts';

type Props = { channel: ChannelSettings; members: ChannelMember[]; mayChange: boolean };

export function Members({ channel: { handle }, members, mayChange }: Props) {
  return (
    <div className="grid gap-4">
      <p className="max-w-prose">
        {members.length === 0 ? 'No creator manages it yet.' : 'These creators see and manage it.'} Admins manage, and
        analysts see, every channel. {mayChange ? '' : 'An admin adds and removes members.'}
      </p>
      {members.length > 0 && (
        <ul className="max-w-xl border-rule border-t">
          {members.map(({ id, name, email }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 border-rule border-b py-1.5">
              <span className="wrap-anywhere">
                {name} <span className="text-muted">{email}</span>
              </span>
              {mayChange && (
                <ActionForm action={removeMember.bind(null, handle, email)} submit="Remove" about={name} isSmall />
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && (
        <ActionForm
          action={addMember.bind(null, handle)}
          submit="Add the creator"
          fields={[
            {
              ...{ name: 'email', label: 'E-mail', type: 'email', required: true, maxLength: 320 },
              hint: 'Of a creator who has an account. Whoever has none is invited on the page Members.',
            },
          ]}
        />
      )}
    </div>
  );
}
