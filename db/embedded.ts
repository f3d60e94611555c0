// The Postgres that comes with npm, run under DATA_DIR when no DATABASE_URL is given.
// Every process that uses it signs a register; the last one to leave stops it, so that a second
// command attaches, and a server that was killed is succeeded by the next one.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { databaseUrl, keepCluster, openCluster } from './embedded-cluster.ts';
import { postgresAccount } from './embedded-host.ts';
import { ensureServer, findPostmaster, stopServer } from './embedded-server.ts';
import { identify, isAlive } from './process-identity.ts';
import { withLock } from './process-lock.ts';

export type Embedded = {
  /** Connection string of the database `boxoffice`. */
  url: string;
  /** Leaves the register and, as the last one out, stops the cluster. */
  stop(): Promise<void>;
};

const supervisionMs = 3_000;

/** Attaches to the cluster of `dataDir`, or makes and starts it. Throws with the server's log when it does not come up. */
export async function startEmbedded(dataDir: string): Promise<Embedded> {
  const register = path.join(dataDir, 'users');
  await mkdir(register, { recursive: true });
  const signature = path.join(register, await identify(process.pid));
  const locked = <T>(work: () => Promise<T>) => withLock(path.join(dataDir, 'starting'), work);
  try {
    const { url, folder } = await locked(async () => {
      await removeDeadSignatures(register);
      await writeFile(signature, '');
      return startCluster(dataDir);
    });
    const endSupervision = supervise(folder, () => locked(() => startCluster(dataDir)));
    const stop = async () => {
      await endSupervision();
      await locked(async () => {
        await rm(signature, { force: true });
        await removeDeadSignatures(register);
        if ((await readdir(register)).length === 0) await stopServer(folder);
      });
    };
    return { url, stop };
  } catch (error) {
    await rm(signature, { force: true });
    throw error;
  }
}

async function startCluster(dataDir: string): Promise<{ url: string; folder: string }> {
  const account = await postgresAccount();
  const cluster = await openCluster(dataDir, account);
  const port = await ensureServer(dataDir, cluster, account);
  await keepCluster(dataDir, { ...cluster, port });
  return { url: databaseUrl({ ...cluster, port }), folder: cluster.folder };
}

/** Calls `restart` when the server is gone, until the function it returns is called. */
function supervise(folder: string, restart: () => Promise<unknown>): () => Promise<void> {
  let looking: Promise<void> | undefined;
  const look = async () => {
    if (!(await findPostmaster(folder))) await restart();
  };
  const timer = setInterval(() => {
    looking ??= look()
      // The next look tries again; until then the pools report that they cannot connect.
      .catch((error) => console.error(`Postgres is gone and could not be started again: ${error.message}`))
      .finally(() => {
        looking = undefined;
      });
  }, supervisionMs).unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}

async function removeDeadSignatures(register: string): Promise<void> {
  for (const name of await readdir(register)) {
    if (!(await isAlive(name))) await rm(path.join(register, name), { force: true });
  }
}
