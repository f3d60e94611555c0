import type { Metadata } from 'next';
import Link from 'next/link';
import { auditChoices, auditLog } from '#accounts/audit-log.ts';
import { permit } from '#app/permit.ts';
import { addressWith, type SearchParams } from '#components/address.ts';
import { PageHeader } from '#components/page-header.tsx';
import { runtime } from '#runtime.ts';
import { filterOf } from './audit-filter.ts';
import { Entries } from './entries.tsx';
import { Filters } from './filters.tsx';

export const metadata: Metadata = { title: 'Audit log' };

const pageSize = 50;
const step = 'rounded border border-edge px-3 py-0.5 hover:bg-hover';

export default async function AuditLogPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await permit('accounts:manage');
  const { accounts, timeZone } = runtime();
  const params = await searchParams;
  const filter = filterOf(params);
  const [found, choices] = await Promise.all([
    // One more than is shown says whether there are older ones.
    auditLog(accounts.sql, filter, pageSize + 1),
    auditChoices(accounts.sql),
  ]);
  const entries = found.slice(0, pageSize);
  const { before, ...kept } = filter;
  const address = addressWith('/audit-log', kept);
  return (
    <>
      <PageHeader title="Audit log" />
      <p className="mb-4 max-w-prose">
        Every change that people and commands made to channels, videos, opening balances, keys and accounts, the newest
        first; also what somebody changed of their own account, without the password itself. Entries are never changed.
      </p>
      <Filters filter={filter} choices={choices} />
      {entries.length === 0 ? (
        <p className="border-rule border-t py-8">
          {address === '/audit-log' ? 'Nothing was changed yet.' : 'No change is like that.'}
        </p>
      ) : (
        <Entries entries={entries} address={address} timeZone={timeZone} />
      )}
      <nav aria-label="Pages" className="flex flex-wrap items-center gap-4 border-ink/70 border-t py-3">
        <a href={addressWith('/audit-log/export', kept)} className={`mr-auto ${step}`} download>
          Download as CSV
        </a>
        {before !== undefined && (
          <Link href={address} className={step}>
            Newest
          </Link>
        )}
        {found.length > pageSize && (
          <Link href={addressWith(address, { before: String(entries.at(-1)?.id) })} rel="next" className={step}>
            Older
          </Link>
        )}
      </nav>
    </>
  );
}
