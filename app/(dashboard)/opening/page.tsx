import type { Metadata } from 'next';
import Link from 'next/link';
import { channelsToManage } from '#app/managing.ts';
import { isPermitted } from '#app/permit.ts';
import { addressWith, firstText, type SearchParams } from '#components/address.ts';
import { Command } from '#components/command.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { listEntries } from '#opening/list-entries.ts';
import { runtime } from '#runtime.ts';
import { EntryList } from './entry-list.tsx';
import { SheetForm } from './sheet-form.tsx';

export const metadata: Metadata = { title: 'Opening balances' };

const shown = 50;

export default async function OpeningPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ids: whose } = await channelsToManage();
  const isOperator = await isPermitted('installation:operate');
  const { accounts, timeZone } = runtime();
  const before = Number.parseInt(firstText((await searchParams).before) ?? '', 10);
  const found = await listEntries(accounts.sql, whose, {
    limit: shown + 1,
    before: Number.isSafeInteger(before) ? before : undefined,
  });
  const entries = found.slice(0, shown);
  const next = found.length > shown ? entries.at(-1)?.entry : undefined;
  return (
    <>
      <PageHeader title="Opening balances" crumbs={[{ name: 'Videos', href: '/videos' }]} />
      <p className="mb-8 max-w-prose">
        What another product had counted before Boxoffice did. It stands beside every total as a part of its own, never
        in it and outside the proof, and can be taken back.
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <Panel title="Enter a file">
          <p className="mb-4 max-w-prose">
            CSV, whose first line names its columns: <code className="font-mono">video</code> (the key) and{' '}
            <code className="font-mono">views</code>, and if there are such <code className="font-mono">day</code> (like
            2026-01-31) and <code className="font-mono">source</code>. Without days a count is of all the time before
            Boxoffice’s first view. All lines are entered, or none.
          </p>
          <SheetForm />
          <p className="mt-4 max-w-prose text-muted">
            A page takes 60 KB, some 2,000 lines.{' '}
            {isOperator ? (
              <>
                Larger files go in by the command <Command>npm run opening -- FILE.csv</Command> on the server.
              </>
            ) : (
              'Enter a larger file in parts, or ask an admin to read it in on the server.'
            )}
          </p>
        </Panel>
        <Panel title="Entered so far">
          <EntryList entries={entries} timeZone={timeZone} />
          {next && (
            <p className="border-ink/70 border-t pt-3">
              <Link
                href={addressWith('/opening', { before: String(next) })}
                className="rounded border border-edge px-3 py-0.5 hover:bg-hover"
              >
                Earlier entries
              </Link>
            </p>
          )}
        </Panel>
      </div>
    </>
  );
}
