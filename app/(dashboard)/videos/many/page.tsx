import type { Metadata } from 'next';
import { channelsToManage } from '#app/managing.ts';
import { isPermitted } from '#app/permit.ts';
import { managedChannels } from '#channels/managed-channels.ts';
import { Command } from '#components/command.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { runtime } from '#runtime.ts';
import { SheetForm } from './sheet-form.tsx';

export const metadata: Metadata = { title: 'Many videos' };

const columns = [
  ['key', 'which video; a new key makes one'],
  ['channel', 'the handle of its channel; a new video needs it'],
  ['title', 'the key unless told, of a new one'],
  ['duration', 'in whole seconds'],
  ['source', 'what our player plays'],
  ['published', 'such as 2026-01-31T12:00:00Z; now unless told, of a new one'],
  ['action', 'nothing or save; move, to move it to the channel with its history; delete'],
];

export default async function ManyVideosPage() {
  const { ids } = await channelsToManage();
  const isOperator = await isPermitted('installation:operate');
  const channels = await managedChannels(runtime().accounts.sql, ids);
  return (
    <>
      <PageHeader title="Many videos" crumbs={[{ name: 'Videos', href: '/videos' }]} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <Panel title="The list as it is">
          <form action="/videos/many/export" className="flex flex-wrap items-center gap-3">
            <select
              name="channel"
              aria-label="Channel"
              className="h-10 min-w-0 rounded border border-edge bg-surface px-2 text-base max-sm:w-full sm:h-9 sm:text-sm"
            >
              <option value="">{ids ? 'All your channels' : 'All channels'}</option>
              {channels.map(({ handle, name }) => (
                <option key={handle} value={handle}>
                  {name}
                </option>
              ))}
            </select>
            <button type="submit" className="h-10 rounded border border-edge px-4 hover:bg-hover sm:h-9">
              Download as CSV
            </button>
          </form>
          <p className="mt-2 max-w-prose text-muted">
            In the columns below. A text that a spreadsheet would take for a formula has an apostrophe before it, which
            is taken off again when the sheet comes back.
          </p>
        </Panel>
        <Panel title="Create, change, move and delete by a sheet">
          <p className="mb-3 max-w-prose">
            CSV whose first line names its columns; only key has to be there. An empty cell leaves what is there. You
            are shown what would happen before anything does, and then it happens as a whole or not at all.
          </p>
          <dl className="mb-4 grid max-w-xl grid-cols-[auto_minmax(0,1fr)] gap-x-4">
            {columns.map(([name, what]) => (
              <div key={name} className="contents">
                <dt className="font-mono">{name}</dt>
                <dd className="text-muted">{what}</dd>
              </div>
            ))}
          </dl>
          <SheetForm />
          <p className="mt-3 max-w-prose text-muted">
            A page takes 60 KB, some 600 lines.{' '}
            {isOperator ? (
              <>
                Larger files go in by the command <Command>npm run video -- --file FILE.csv</Command> on the server.
              </>
            ) : (
              'Send a larger file in parts, or ask an admin to read it in on the server.'
            )}
          </p>
        </Panel>
      </div>
    </>
  );
}
