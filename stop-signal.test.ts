// In a process of its own: a second signal ends it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const script = `
  import { stopSignal } from './stop-signal.ts';
  stopSignal().addEventListener('abort', () => setTimeout(() => process.exit(0), 1500));
  setInterval(() => {}, 1000);
  console.log('ready');`;

test('a signal that comes twice at once is one, and stopping goes on', async () => {
  expect(await endAfter(0)).toBe(0);
});

test('a second one later ends the process', async () => {
  expect(await endAfter(700)).toBe(1);
});

async function endAfter(pauseMs: number): Promise<unknown> {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, pauseMs));
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  return code;
}
