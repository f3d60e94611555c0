import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import type { Snapshot } from './snapshot.ts';

const queryCanceled = '57014';

/**
 * Reads for at most `ms` a statement; undefined where that was too short, and the snapshot goes on. What comes after it in the
 * snapshot has no more time than it had: read what may be slow last.
 */
export async function readWithin<T>(
  snapshot: Snapshot,
  ms: number,
  read: (db: Reader) => Promise<T>,
): Promise<T | undefined> {
  try {
    // A savepoint: without it the first time-out would end the snapshot.
    return await snapshot.transaction(async (tx) => {
      await tx.execute(sql`select set_config('statement_timeout', ${String(Math.max(1, Math.round(ms)))}, true)`);
      return read(tx);
    });
  } catch (error) {
    if (codeOf(error) === queryCanceled) return undefined;
    throw error;
  }
}

/** Of Postgres; drizzle wraps the error that has it. */
function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return code ?? cause?.code;
}
