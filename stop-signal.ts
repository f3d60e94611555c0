// Ctrl+C in a terminal reaches the process and npm, which passes it on; `timeout` signals a process and its group. That is once.
const onceWithinMs = 500;

/**
 * Aborted by the first SIGTERM or SIGINT (Ctrl+C). The process ends at once, with 1, by a second one that comes half a second later
 * or more, and when stopping takes longer than `deadlineMs`.
 */
export function stopSignal(deadlineMs?: number): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  const stop = () => {
    const now = performance.now();
    if (!controller.signal.aborted) {
      firstAt = now;
      controller.abort();
      if (deadlineMs !== undefined) setTimeout(() => process.exit(1), deadlineMs).unref();
    } else if (now - firstAt >= onceWithinMs) process.exit(1);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return controller.signal;
}
