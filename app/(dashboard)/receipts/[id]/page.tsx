import type { Metadata } from 'next';
import Link from 'next/link';
import { z } from 'zod';
import { isPermitted, permitScope } from '#app/permit.ts';
import { Message } from '#components/message.tsx';
import { PageHeader } from '#components/page-header.tsx';
import { receipt } from '#reports/receipt.ts';
import { runtime } from '#runtime.ts';
import { CountedViews } from './counted-views.tsx';

export const metadata: Metadata = { title: 'Receipt' };

const viewId = z.uuidv7().toLowerCase();

type Props = { params: Promise<{ id: string }> };

/** The receipt of a view, as GET /api/views/ID has it, for people. */
export default async function ReceiptPage({ params }: Props) {
  const scope = await permitScope('dashboards:read');
  const { data: id } = viewId.safeParse((await params).id);
  if (!id) {
    return (
      <Message title="That is not the id of a view">
        <p>It is a UUIDv7, as the answer to the view said. No view was lost by it.</p>
      </Message>
    );
  }
  const mayOperate = await isPermitted('installation:operate');
  const { db, timeZone } = runtime();
  const found = await receipt(db, scope, id, timeZone);
  return (
    <>
      <PageHeader title="Receipt of a view" crumbs={[{ name: 'Overview', href: '/' }]} />
      <p className="mb-6 break-all font-mono">{id}</p>
      {found.status === 'counted' && <CountedViews views={found.views} timeZone={timeZone} />}
      {found.status === 'archived' && (
        <p className="max-w-prose">
          The log of its day was archived, and whether it is in there, the archive tells
          {mayOperate && (
            <>
              : see{' '}
              <Link href="/retention" className="underline underline-offset-4">
                retention
              </Link>
            </>
          )}
          .
        </p>
      )}
      {found.status === 'unknown' && (
        <p className="max-w-prose">
          No view with this id was counted. If it was sent, the page{' '}
          <Link href="/not-counted" className="underline underline-offset-4">
            Not counted
          </Link>{' '}
          says why.
        </p>
      )}
      <p className="mt-6 text-muted">
        The same for programs:{' '}
        <a href={`/api/views/${id}`} className="break-all font-mono underline underline-offset-4">
          /api/views/{id}
        </a>
      </p>
    </>
  );
}
