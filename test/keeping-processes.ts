// Closes and retentions that are killed: each in a process of its own, started while the one before it works.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Work } from './keeping-process.ts';

export type KeepingProcesses = {
  /** Does `work`; resolves to what it said, or to the signal that ended it. */
  run(work: Work): Promise<string>;
  close(): void;
};

export function openKeepingProcesses(): KeepingProcesses {
  let next = start();
  return {
    async run(work) {
      const child = next;
      next = start();
      const ended = Promise.all([once(child, 'exit'), text(child.stdout)]);
      child.stdin.end(`${JSON.stringify(work)}\n`);
      const [[, signal], said] = await ended;
      return signal ?? said.trim();
    },
    close: () => void next.kill('SIGKILL'),
  };
}

function start(): ChildProcessByStdio<Writable, Readable, null> {
  const program = path.join(import.meta.dirname, 'keeping-process.ts');
  return spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
}
