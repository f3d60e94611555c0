// What both commands do around their work: help, and Ctrl+C.
import { runCommand } from '../run-command.ts';
import { stopSignal } from '../stop-signal.ts';

/** Runs `work`, whose `signal` is aborted by the first Ctrl+C; the second one ends the process at once. */
export function runStoppable(usage: string, work: (args: string[], signal: AbortSignal) => Promise<void>): void {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(usage);
    return;
  }
  runCommand(() =>
    work(args, stopSignal()).catch((error: Error) => {
      throw error.name === 'AbortError' ? new Error('Stopped: nothing was written.') : error;
    }),
  );
}
