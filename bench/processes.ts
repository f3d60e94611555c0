// Child processes of a benchmark: servers under test and the load on them.

import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LoadOrder, LoadResult } from './load-generator.ts';

const root = path.join(import.meta.dirname, '..');

export type Running = { port: number; pid: number; stop(): Promise<void> };

/** Starts Boxoffice itself on a free port. */
export async function startBoxoffice(env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, ['--import', './quick-imports.ts', 'start.ts'], {
    cwd: root,
    env: {
      ...process.env,
      APP_SECRET: randomBytes(32).toString('hex'),
      PORT: '0',
      RATE_LIMIT: '0',
      LOG_LEVEL: 'info',
      NODE_ENV: 'production',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(String(chunk));
      if (found) resolve(Number(found[1]));
    });
    child.once('exit', (code) => reject(new Error(`start.ts ended with ${code}`)));
  });
  return { port, pid: child.pid ?? 0, stop: () => end(child) };
}

export async function startBaseline(kind: 'parse' | 'update' | 'insert', url: string): Promise<Running> {
  const child = fork(path.join(import.meta.dirname, 'baseline-server.ts'), [kind, url]);
  const port = await new Promise<number>((resolve) => child.once('message', (message) => resolve(Number(message))));
  return { port, pid: child.pid ?? 0, stop: () => end(child) };
}

export function runLoad(order: LoadOrder): Promise<LoadResult> {
  const child = fork(path.join(import.meta.dirname, 'load-generator.ts'));
  child.send(order);
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as LoadResult));
    child.once('exit', (code) => code && reject(new Error(`The load generator ended with ${code}`)));
  });
}

/** Resident memory of a process in MiB (Linux). */
export function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** Processor time that a process and its threads have had so far, in seconds (Linux). */
export function cpuSecondsOf(pid: number): number {
  // Behind the name in brackets, which may have blanks: the 12th and 13th are ticks of a hundredth of a second.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
