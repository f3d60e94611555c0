import type { ChannelSettings } from '#channels/channel-settings.ts';
import { ActionForm } from '#components/action-form.tsx';
import { addSite, removeSite } from './actions.ts';

export function Sites({ channel: { handle, origins } }: { channel: ChannelSettings }) {
  return (
    <div className="grid gap-4">
      {origins.length === 0 ? (
        <p>The list is empty: players on every site count.</p>
      ) : (
        <>
          <p className="max-w-prose">
            Players on these sites count, and our own pages and frames; views from others are not counted (
            <code className="font-mono">wrong_origin</code>) and stand on the page Not counted.
          </p>
          <ul className="max-w-xl border-rule border-t">
            {origins.map((pattern) => (
              <li
                key={pattern}
                className="flex flex-wrap items-center justify-between gap-x-4 border-rule border-b py-1.5"
              >
                <span className="wrap-anywhere font-mono">{pattern}</span>
                <ActionForm action={removeSite.bind(null, handle, pattern)} submit="Remove" about={pattern} isSmall />
              </li>
            ))}
          </ul>
        </>
      )}
      <ActionForm
        action={addSite.bind(null, handle)}
        submit="Add the site"
        fields={[
          {
            ...{ name: 'site', label: 'Site', required: true, maxLength: 300, isMono: true },
            hint: 'example.com is also www.example.com, by http and https, whatever the port. *.example.com are its sub-domains and not itself. none: senders that name no site, such as apps. null: pages from files and sandboxed frames.',
          },
        ]}
      />
    </div>
  );
}
