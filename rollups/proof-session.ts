import { connect, type Sql } from '#db/client.ts';

/**
 * A connection for proofs and closes, to be ended by whoever opens it: they leave working tables in their session, and one
 * statement may count a whole day of the log.
 */
export function openProofSession(url: string, name: 'close' | 'audit' | 'rebuild'): Sql {
  return connect(url, { name, max: 1, statementTimeoutMs: 600_000, idleInTransactionTimeoutMs: 60_000 });
}
