// What both commands do around their work: help, Ctrl+C, and the exit code.
import { stopSignal } from '../stop-signal.ts';

/** Runs `work`, whose `signal` is aborted by the first Ctrl+C; the second one ends the process at once. */
export function runCommand(usage: string, work: (args: string[], signal: AbortSignal) => Promise<void>): void {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(usage);
    return;
  }
  work(args, stopSignal()).catch((error: Error) => {
    console.error(error.name === 'AbortError' ? 'Stopped: nothing was written.' : error.message);
    process.exitCode = 1;
  });
}
