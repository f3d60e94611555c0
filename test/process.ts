// Programs of ours as real processes, for tests that kill them.
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { quickStart } from './quick-start.ts';
import { secret } from './secret.ts';

const root = path.join(import.meta.dirname, '..');

export type TestProcess = {
  child: ChildProcess;
  /** Resolves with the first line of output that matches, now or later; rejects if the process ends without one. */
  line(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Everything it has put out so far. */
  said(): string;
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
};

/** Starts `program` (a path in the repository) with nothing but `env` in its environment. */
export function startProcess(program: string, args: string[], env: Record<string, string> = {}): TestProcess {
  const child = spawn(process.execPath, [path.join(root, program), ...args], {
    cwd: root,
    env: { NODE_ENV: 'production', TZ: 'UTC', APP_SECRET: secret, ...quickStart, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const changed = new Set<() => void>();
  const tell = () => {
    for (const call of changed) call();
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      tell();
    });
  }
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => {
      resolve(signal ?? code);
      tell();
    });
  });
  const line = (pattern: RegExp) =>
    new Promise<RegExpMatchArray>((resolve, reject) => {
      const look = () => {
        const found = lines.map((text) => text.match(pattern)).find((match) => match !== null);
        if (found) resolve(found);
        else if (child.exitCode !== null || child.signalCode !== null) {
          reject(new Error(`${program} ended without ${pattern}. It said:\n${lines.join('\n')}`));
        } else return;
        changed.delete(look);
      };
      changed.add(look);
      look();
    });
  return { child, line, said: () => lines.join('\n'), ended };
}
