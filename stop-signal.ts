/**
 * Aborted by the first SIGTERM or SIGINT (Ctrl+C). The process ends at once, with 1, by the second, and when stopping
 * takes longer than `deadlineMs`.
 */
export function stopSignal(deadlineMs?: number): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(1);
    controller.abort();
    if (deadlineMs !== undefined) setTimeout(() => process.exit(1), deadlineMs).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return controller.signal;
}
