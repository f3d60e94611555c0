import { connect, type Sql } from '#db/client.ts';
import { stepBack } from '#db/step-back.ts';

// The slots of a day of five million views take some 150 MiB. On the disk they stand in the way of those who send views: of those the
// p99 beside a close was 75 ms with the server's defaults, 38 ms with this memory, and 42 ms when the session gave way (2026-11-24).
const workingMemoryMib = 128;

/**
 * A connection for proofs and closes, to be ended by whoever opens it: they leave working tables in their session, and one
 * statement may count a whole day of the log. It gives way to those who record and read views.
 */
export async function openProofSession(url: string, name: 'close' | 'audit' | 'rebuild'): Promise<Sql> {
  const sql = connect(url, {
    name,
    max: 1,
    statementTimeoutMs: 600_000,
    idleInTransactionTimeoutMs: 60_000,
    workingMemoryMib,
  });
  await stepBack(sql).catch(async (error) => {
    await sql.end({ timeout: 0 });
    throw error;
  });
  return sql;
}
