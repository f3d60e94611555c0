import type { Metadata } from 'next';
import { scopes } from '#accounts/api-key.ts';
import { listKeys } from '#accounts/list-keys.ts';
import { baseUrl } from '#app/base-url.ts';
import { permit } from '#app/permit.ts';
import { managedChannels } from '#channels/managed-channels.ts';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { runtime } from '#runtime.ts';
import { KeyForm } from './key-form.tsx';
import { KeyTable } from './key-table.tsx';

export const metadata: Metadata = { title: 'Keys' };

export default async function KeysPage() {
  await permit('accounts:manage');
  const { accounts, timeZone } = runtime();
  const [keys, channels] = await Promise.all([listKeys(accounts.sql), managedChannels(accounts.sql, null)]);
  return (
    <>
      <PageHeader title="Keys" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <div>
          <p className="mb-4 max-w-prose">
            With a key a server of yours uses the API. Keep it out of browsers and apps: who has one can say anything
            about anybody.
          </p>
          {keys.length === 0 ? <p>There are no keys yet.</p> : <KeyTable keys={keys} timeZone={timeZone} />}
        </div>
        <Panel title="New key">
          <KeyForm
            scopes={[...scopes]}
            channels={channels.map(({ handle, name }) => ({ handle, name }))}
            base={await baseUrl()}
          />
        </Panel>
      </div>
    </>
  );
}
