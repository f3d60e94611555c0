import type { Sql } from '#db/client.ts';
import type { Accounts } from './accounts.ts';
import { actorOf } from './actor.ts';
import type { Actor } from './may.ts';

/** How a request reached this server. */
export type Visit = {
  headers: Headers;
  /** From a browser on the machine itself. */
  isLocal: boolean;
  /** BOXOFFICE_OPEN: the operator lets everybody read. */
  isOpen: boolean;
};

/** Who comes: by session; else a guest where the dashboards are open, or on the machine itself while nobody has an account. */
export async function identify(accounts: Accounts, { headers, isLocal, isOpen }: Visit): Promise<Actor> {
  const actor = await sessionActor(accounts, headers);
  if (actor.kind === 'user') return actor;
  return { kind: isOpen || (isLocal && !(await hasAccounts(accounts.sql))) ? 'guest' : 'nobody' };
}

/** Who is signed in. Whoever brings no session costs no query. */
export async function sessionActor(accounts: Accounts, headers: Headers): Promise<Actor> {
  return mayHaveSession(headers) ? actorOf(accounts, headers) : { kind: 'nobody' };
}

export async function hasAccounts(sql: Sql): Promise<boolean> {
  return (await sql`select from users limit 1`).count > 0;
}

function mayHaveSession(headers: Headers): boolean {
  return headers.get('cookie')?.includes('boxoffice.session_token=') ?? false;
}
