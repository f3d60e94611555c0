import { notFound } from 'next/navigation';
import type { Scope } from '#accounts/may.ts';
import { scopeOf } from '#accounts/may.ts';
import { bearerOf } from '#ingest/admission.ts';
import { runtime } from '#runtime.ts';
import { visitor } from './permit.ts';

/** Whose counts a program may read: by its key, which needs reports:read, or as the person who is signed in; else there is nothing: 404. */
export async function permitReport(request: Request): Promise<Scope> {
  const key = bearerOf({ authorization: request.headers.get('authorization') ?? undefined });
  if (key === undefined) return scopeOf(await visitor(), 'dashboards:read') ?? notFound();
  const known = await runtime().keys.find(key, Date.now());
  if (typeof known === 'string' || !known.scopes.has('reports:read')) notFound();
  return known.channelIds === null ? 'all' : [...known.channelIds].sort((a, b) => a - b);
}
