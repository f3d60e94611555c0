// A backup waits for a disk, a restore for foreign keys to be checked: neither is stopped for its length. (Not without end,
// since the socket waits for as long as a statement may take.)
const dayMs = 86_400_000;

/** The deadlines of a connection that copies. */
export const patience = { statementTimeoutMs: dayMs, idleInTransactionTimeoutMs: dayMs };
