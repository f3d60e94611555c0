import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import type { Snapshot } from './snapshot.ts';

const queryCanceled = '57014';

/** Reads for at most `ms` a statement; undefined where that was too short, and the snapshot goes on. */
export async function readWithin<T>(
  snapshot: Snapshot,
  ms: number,
  read: (db: Reader) => Promise<T>,
): Promise<T | undefined> {
  try {
    // A savepoint: without it the first time-out would end the snapshot.
    return await snapshot.transaction(async (tx) => {
      const [asBefore] = await tx.execute<{ timeout: string }>(
        sql`select current_setting('statement_timeout') as timeout`,
      );
      await limitStatements(tx, String(Math.max(1, Math.round(ms))));
      const found = await read(tx);
      await limitStatements(tx, asBefore?.timeout ?? '0');
      return found;
    });
  } catch (error) {
    if (codeOf(error) === queryCanceled) return undefined;
    throw error;
  }
}

async function limitStatements(db: Reader, timeout: string): Promise<void> {
  await db.execute(sql`select set_config('statement_timeout', ${timeout}, true)`);
}

/** Of Postgres; drizzle wraps the error that has it. */
function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return code ?? cause?.code;
}
