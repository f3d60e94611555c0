import type { Sql, Transaction } from '#db/client.ts';
import { isLockTimeout } from '#db/partitions.ts';
import { keepFromClosing } from './close-lock.ts';
import { lockCursors } from './hold-cursors.ts';

export type Held<T> =
  | { status: 'done'; result: T }
  /** A day was closed, dropped or brought back, or days were cut anew, all the while: nothing was changed. */
  | { status: 'busy' };

/**
 * Does `work` in one transaction while no tick adds to the aggregates and nobody proves, repairs or drops any of them. What it changes of
 * how views are counted, and what it moves accordingly, nobody sees one without the other. `work` is given the latest time that a tick
 * may have dropped minutes by.
 */
export async function holdCounts<T>(
  sql: Sql,
  now: Date,
  work: (tx: Transaction, latest: Date) => Promise<T>,
  patienceMs = 15_000,
): Promise<Held<T>> {
  try {
    const result = await sql.begin(async (tx) => {
      await tx.unsafe(`set local lock_timeout = ${patienceMs}`);
      // In the order of those who close: the other way round two would wait for each other.
      await keepFromClosing(tx);
      const completeMs = await lockCursors(tx);
      const latest = new Date(Math.max(now.getTime(), ...completeMs.map((ms) => ms ?? 0)));
      return { value: await work(tx, latest) };
    });
    return { status: 'done', result: result.value as T };
  } catch (error) {
    if (isLockTimeout(error)) return { status: 'busy' };
    throw error;
  }
}
