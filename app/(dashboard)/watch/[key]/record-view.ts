'use server';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import type { Scope } from '#accounts/may.ts';
import { action } from '#app/action.ts';
import { permitScope, visitor } from '#app/permit.ts';
import { recordViews } from '#ingest/record-views.ts';
import type { Result } from '#ingest/wire.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { runtime } from '#runtime.ts';

/** The in-app door to the recorder. It throws if nothing was acknowledged: the same id may be sent again. */
export const recordView = action([z.unknown()], async (view): Promise<Result> => {
  const scope = await permitScope('dashboards:read');
  if (!(await isWatchable(scope, view))) notFound();
  const actor = await visitor();
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
});

const video = z.object({ video: z.string() });

/** Whether the page of its video is there for the reader. Of those who see all, the recorder says what is wrong with a view. */
async function isWatchable(scope: Scope, view: unknown): Promise<boolean> {
  if (scope === 'all') return true;
  const { data } = video.safeParse(view);
  return data !== undefined && (await videoByKey(runtime().db, scope, data.video)) !== undefined;
}
