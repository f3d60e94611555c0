import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { connection } from 'next/server';
import { cache } from 'react';
import { type About, type Actor, may, type Permission, type Scope, scopeOf } from '#accounts/may.ts';
import { identify } from '#accounts/visitor.ts';
import { runtime } from '#runtime.ts';

/** Who sent the request; a page asks once, however many of its parts want to know. */
export const visitor = cache(async (): Promise<Actor> => {
  // Also keeps the page out of the build, where there is no database to read.
  await connection();
  const { accounts, isOpen } = runtime();
  const given = new Headers(await headers());
  // With those that an action has just set: the page that is drawn with its answer would else be nobody's, and start anew.
  given.set('cookie', (await cookies()).toString());
  // Our own server puts it there, whatever the client sent.
  const isLocal = given.get('x-boxoffice-local') === 'yes';
  return identify(accounts, { headers: given, isLocal, isOpen });
});

/**
 * The first line of every page and action that is not public: who does it. Whoever is not signed in is asked to, and comes back;
 * what may not be seen does not exist: 404.
 */
export async function permit(permission: Permission, about?: About): Promise<Actor> {
  const actor = await visitor();
  if (actor.kind === 'nobody') redirect(await signInAddress());
  if (!may(actor, permission, about)) notFound();
  return actor;
}

/** The same for what is about several channels: those whose counts the reader may see, once a page. */
export const permitScope = cache(async (permission: Permission): Promise<Scope> => {
  const actor = await visitor();
  if (actor.kind === 'nobody') redirect(await signInAddress());
  return scopeOf(actor, permission) ?? notFound();
});

/** The same for route handlers, whose clients are programs: 404 also for whoever is not signed in. */
export async function permitRoute(permission: Permission, about?: About): Promise<Actor> {
  const actor = await visitor();
  if (!may(actor, permission, about)) notFound();
  return actor;
}

/** For what only a part of a page depends on. */
export async function isPermitted(permission: Permission, about?: About): Promise<boolean> {
  return may(await visitor(), permission, about);
}

/** For what everybody with an account has, and nobody else: the account itself. */
export async function permitUser(): Promise<Extract<Actor, { kind: 'user' }>> {
  const actor = await visitor();
  if (actor.kind === 'nobody') redirect(await signInAddress());
  return actor.kind === 'user' ? actor : notFound();
}

async function signInAddress(): Promise<string> {
  const path = (await headers()).get('x-boxoffice-path') ?? '/';
  const url = new URL(path, 'http://localhost');
  // What only the router of the pages writes there.
  url.searchParams.delete('_rsc');
  const next = `${url.pathname}${url.search}`;
  return next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
}
