'use server';
import { headers } from 'next/headers';
import { permit } from '#app/permit.ts';
import { recordViews } from '#ingest/record-views.ts';
import type { Result } from '#ingest/wire.ts';
import { runtime } from '#runtime.ts';

/** The in-app door to the recorder. It throws if nothing was acknowledged: the same id may be sent again. */
export async function recordView(view: unknown): Promise<Result> {
  const actor = await permit('dashboards:read');
  const request = await headers();
  const [result] = await recordViews(runtime().ingest, [view], {
    // Our own server puts the client's address here, and nothing else.
    address: request.get('x-forwarded-for') ?? '',
    userAgent: request.get('user-agent') ?? '',
    origin: request.get('origin') ?? undefined,
    isOwnPage: true,
    actor,
    hasPrivacySignal: request.get('sec-gpc') === '1',
  });
  if (!result) throw new Error('The recorder gave no answer.');
  return result;
}
