import type { Sql, Transaction } from '#db/client.ts';

/**
 * Does `work` in one transaction while no tick adds to the aggregates: a tick that finds the cursors taken tries again. `work` is given
 * the latest time that a tick went by, in milliseconds.
 */
export async function holdCursors<T>(sql: Sql, work: (tx: Transaction, latestMs: number) => Promise<T>): Promise<T> {
  const result = await sql.begin(async (tx) => {
    const completeMs = await lockCursors(tx);
    return { value: await work(tx, Math.max(0, ...completeMs.map((ms) => ms ?? 0))) };
  });
  return result.value as T;
}

/** Locks them in the order of the tick; returns when everything acknowledged was last counted, in milliseconds, lane by lane. */
export async function lockCursors(tx: Transaction): Promise<(number | null)[]> {
  const locked = await tx<{ complete_ms: number | null }[]>`
    select (extract(epoch from complete_to) * 1000)::float8 as complete_ms from rollup_cursors order by lane for update`;
  // Where there is no row to lock, the first tick would make one.
  if (locked.length === 0) await tx`lock table rollup_cursors in share row exclusive mode`;
  return locked.map((row) => row.complete_ms);
}
