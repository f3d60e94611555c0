import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { listKeys } from '#accounts/list-keys.ts';
import { permit } from '#app/permit.ts';
import { ActionForm } from '#components/action-form.tsx';
import { Message } from '#components/message.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { instantText } from '#components/time-text.ts';
import { runtime } from '#runtime.ts';
import { revoke } from './revoke.ts';

export const metadata: Metadata = { title: 'Revoke a key' };

export default async function RevokePage({ params }: { params: Promise<{ prefix: string }> }) {
  await permit('accounts:manage');
  const { prefix } = await params;
  const { accounts, timeZone } = runtime();
  const key = (await listKeys(accounts.sql)).find((one) => one.prefix === prefix);
  if (!key) notFound();
  if (key.revokedAt) return <Revoked name={key.name} />;
  const used =
    key.lastUsedAt &&
    `${instantText(key.lastUsedAt, 'day', timeZone)}, ${instantText(key.lastUsedAt, 'minute', timeZone)}`;
  return (
    <>
      <PageHeader title={`Revoke the key of ${key.name}`} crumbs={[{ name: 'Keys', href: '/keys' }]} />
      <div className="grid max-w-xl gap-4">
        <p>
          <span className="font-mono">{prefix}…</span> was {used ? `last used on ${used}` : 'never used'}. Every server
          refuses it at once with 401, for good: whoever still sends with it loses what it sends. What was counted
          stays.
        </p>
        <ActionForm action={revoke.bind(null, prefix)} submit="Revoke it for good" isGrave />
      </div>
    </>
  );
}

function Revoked({ name }: { name: string }) {
  return (
    <Message title="The key is revoked">
      <p>The key of {name} is refused with 401 from now on. What it sent stays.</p>
      <p>
        Go back to{' '}
        <Link href="/keys" className="underline underline-offset-4">
          all keys
        </Link>
        .
      </p>
    </Message>
  );
}
