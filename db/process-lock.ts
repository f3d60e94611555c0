// A lock among processes of one machine: a file that holds its holder's identity.
import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isAlive } from './process-identity.ts';

const waitDeadlineMs = 120_000;

/** Runs `work` while no other process holds the file `lock`. A lock whose holder died is taken over. */
export async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  // Linked into place with the holder's identity in it, so that a kill never leaves a lock that names nobody.
  const own = `${lock}-${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(own, await identify(process.pid));
  try {
    await takeLock(lock, own);
    return await work().finally(() => rm(lock, { force: true }));
  } finally {
    await rm(own, { force: true });
  }
}

async function takeLock(lock: string, own: string): Promise<void> {
  const deadline = performance.now() + waitDeadlineMs;
  while (!(await isDone(link(own, lock), 'EEXIST'))) {
    if (performance.now() > deadline) throw new Error(`Another process holds ${lock}. Remove it if none is running.`);
    if (!(await isHeld(lock))) await removeDeadLock(lock, `${own}-dead`);
    await sleep(50);
  }
}

/** Renamed before it is removed: of several that try one gets it, and finds out if it was a fresh lock after all. */
async function removeDeadLock(lock: string, taken: string): Promise<void> {
  if (!(await isDone(rename(lock, taken), 'ENOENT'))) return;
  if (await isHeld(taken)) await isDone(link(taken, lock), 'EEXIST');
  await rm(taken);
}

async function isHeld(lock: string): Promise<boolean> {
  return isAlive(await readFile(lock, 'utf8').catch(() => ''));
}

/** Whether `work` succeeded; false if it failed with `code`. */
function isDone(work: Promise<unknown>, code: string): Promise<boolean> {
  return work.then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== code) throw error;
      return false;
    },
  );
}
