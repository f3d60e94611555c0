// The server ends connections or takes no more (SQLSTATE), or the driver lost or never had one.
const awayCodes = /^(08...|53300|57P..|CONNECT_TIMEOUT|CONNECTION_\w+)$/;

/** Whether a query failed for want of a connection, so that it may pass soon. Anything else is a bug. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // By the code: Next's bundles may have a copy of the driver, with error classes of its own.
  if ('code' in error && awayCodes.test(String(error.code))) return true;
  // Of the network, or of several addresses that were all tried.
  if ('syscall' in error) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  // Drizzle wraps what the driver threw.
  return isDatabaseAway(error.cause);
}
