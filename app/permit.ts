import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { may, type Permission, visitorOf } from '#accounts/may.ts';
import { runtime } from '#runtime.ts';

/** The first line of every page, action and route that is not public. What may not be seen does not exist: 404. */
export async function permit(permission: Permission): Promise<void> {
  if (!(await isPermitted(permission))) notFound();
}

/** For what only a part of a page depends on. */
export async function isPermitted(permission: Permission): Promise<boolean> {
  // Also keeps the page out of the build, where there is no database to read.
  await connection();
  // Our own server puts it there, whatever the client sent.
  const isLocal = (await headers()).get('x-boxoffice-local') === 'yes';
  return may(visitorOf({ isLocal, isOpen: runtime().isOpen }), permission);
}
