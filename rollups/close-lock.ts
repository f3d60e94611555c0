import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql, Transaction } from '#db/client.ts';

// Any constant works as long as nobody else uses it.
const closeLock = 7_220_613;
const busyPauseMs = 200;

/**
 * Does `work` while nobody else closes a day, drops one or brings one back; undefined when somebody does. `sql` has one connection of
 * its own.
 */
export async function withCloseLock<T>(sql: Sql, work: () => Promise<T>): Promise<T | undefined> {
  const [lock] = await sql<[{ held: boolean }]>`select pg_try_advisory_lock(${closeLock}) as held`;
  if (!lock.held) return undefined;
  try {
    return await work();
  } finally {
    await sql`select pg_advisory_unlock(${closeLock})`;
  }
}

/** The same as soon as nobody else does. */
export async function whenNobodyCloses<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
  while (true) {
    // In an object: what was done may be nothing.
    const done = await withCloseLock(sql, async () => ({ result: await work() }));
    if (done) return done.result;
    await sleep(busyPauseMs);
  }
}

/** Keeps everybody from it until the transaction ends; waits for whoever is at it, by the transaction's lock_timeout at most. */
export async function keepFromClosing(tx: Transaction): Promise<void> {
  await tx`select pg_advisory_xact_lock(${closeLock})`;
}
