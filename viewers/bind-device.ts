// Binds devices to users: what a device watched, before and from now on, counts as its user's. Writes viewer_bindings; viewers are
// counted anew by the difference in the same transaction.
import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import { holdCursors } from '#rollups/hold-cursors.ts';
import { bindViewers, unbindViewers } from '#rollups/viewers/bind-viewers.ts';

/** A device, a UUID in small letters, and the viewer that its user is (viewer-of-user.ts). */
export type Identification = { device: string; userViewer: string };

export type Identified =
  | { status: 'bound' }
  /** It was this user's already. */
  | { status: 'unchanged' }
  /** It is another user's until that is reversed. */
  | { status: 'taken' };

/** Binds several at once, each for itself; answers in the order given. Waits for a tick under way. */
export async function bindDevices(sql: Sql, asked: Identification[], author: Author): Promise<Identified[]> {
  return holdCursors(sql, (tx) => bindIn(tx, asked, author));
}

async function bindIn(tx: Transaction, asked: Identification[], author: Author): Promise<Identified[]> {
  const bound = await boundUsers(tx, asked);
  const fresh: Identification[] = [];
  const outcomes = asked.map(({ device, userViewer }): Identified => {
    const user = bound.get(device);
    if (user !== undefined) return { status: user === userViewer ? 'unchanged' : 'taken' };
    bound.set(device, userViewer);
    fresh.push({ device, userViewer });
    return { status: 'bound' };
  });
  if (fresh.length === 0) return outcomes;
  await tx`
    insert into viewer_bindings (device, user_viewer, bound_at, bound_by)
    select device, user_viewer, ${author.now.toISOString()}::text::timestamptz, ${author.actor}
    from unnest(${fresh.map(({ device }) => device)}::text[]::uuid[], ${fresh.map((one) => one.userViewer)}::text[]::uuid[]) n(device, user_viewer)`;
  await bindViewers(tx, fresh);
  return outcomes;
}

async function boundUsers(tx: Transaction, asked: Identification[]): Promise<Map<string, string>> {
  const rows = await tx<{ device: string; user: string }[]>`
    select device::text as device, user_viewer::text as user from viewer_bindings
    where reversed_at is null and device = any(${asked.map(({ device }) => device)}::text[]::uuid[])`;
  return new Map(rows.map(({ device, user }) => [device, user]));
}

export type Unbound =
  | { status: 'reversed' }
  /** The device is nobody's. */
  | { status: 'not_bound' };

/** Reverses the binding of a device: its views are its own again, and it may be bound to another user. */
export async function reverseBinding(sql: Sql, device: string, author: Author): Promise<Unbound> {
  return holdCursors(sql, async (tx): Promise<Unbound> => {
    const userViewer = (await boundUsers(tx, [{ device, userViewer: '' }])).get(device);
    if (userViewer === undefined) return { status: 'not_bound' };
    await tx`
      update viewer_bindings set reversed_at = ${author.now.toISOString()}::text::timestamptz, reversed_by = ${author.actor}
      where device = ${device}::text::uuid and reversed_at is null`;
    await unbindViewers(tx, [{ device, userViewer }]);
    await recordChange(tx, author, {
      action: 'viewer.unbind',
      subject: `viewer:${device}`,
      before: { user: userViewer },
      after: null,
    });
    return { status: 'reversed' };
  });
}
