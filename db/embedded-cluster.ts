// Place, password and port of the embedded cluster. DATA_DIR/postgres.json keeps them from the first start on, which
// makes the cluster: where it lies is decided once, whatever becomes of the folders' permissions.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Account, clusterFolders, makeClusterParent, postgresBinaries } from './embedded-host.ts';

export type Cluster = {
  folder: string;
  password: string;
  /** Where it listened last; 0 before the first start. */
  port: number;
};

/** The cluster of `dataDir`, made if there is none. Throws when only one of cluster and postgres.json is there. */
export async function openCluster(dataDir: string, account: Account | undefined): Promise<Cluster> {
  const file = path.join(dataDir, 'postgres.json');
  const folders = await clusterFolders(dataDir, account);
  const found = folders.find(holdsCluster);
  await finishFirstStart(dataDir);
  const known = await readCluster(file, found ?? folders[0]);
  if (known && holdsCluster(known.folder)) return known;
  if (known) {
    throw new Error(
      `${file} is there, but its database is not: ${known.folder} has no PG_VERSION. Put that folder back, or remove ${file} to begin with an empty database.`,
    );
  }
  if (found) {
    throw new Error(
      `The database in ${found} is there, but ${file} with its password is not. Put that file back, or move ${found} away to begin with an empty database.`,
    );
  }
  return initialise(dataDir, folders[0], account);
}

/** Notes where the cluster listens. To be called once it does. */
export async function keepCluster(dataDir: string, cluster: Cluster): Promise<void> {
  const file = path.join(dataDir, 'postgres.json');
  await writeCluster(`${file}.new`, dataDir, cluster);
  await rename(`${file}.new`, file);
}

export function databaseUrl({ port, password }: Cluster, database = 'boxoffice'): string {
  return `postgres://boxoffice:${password}@127.0.0.1:${port}/${database}`;
}

function holdsCluster(folder: string): boolean {
  return existsSync(path.join(folder, 'PG_VERSION'));
}

/** A first start may have been killed after it put the cluster into place, before its postgres.json. */
async function finishFirstStart(dataDir: string): Promise<void> {
  const [file, first] = [path.join(dataDir, 'postgres.json'), path.join(dataDir, 'postgres.json.first')];
  const made = await readCluster(first);
  if (made && !existsSync(file) && holdsCluster(made.folder)) await rename(first, file);
}

/** Undefined if there is no such file. One that was written before folders were noted gets `folder`. */
async function readCluster(file: string, folder = 'postgres'): Promise<Cluster | undefined> {
  if (!existsSync(file)) return undefined;
  const cluster = { folder, ...JSON.parse(await readFile(file, 'utf8')) };
  return { ...cluster, folder: path.resolve(path.dirname(file), cluster.folder) };
}

async function writeCluster(file: string, dataDir: string, cluster: Cluster): Promise<void> {
  // Relative inside DATA_DIR, which may be moved.
  const isInside = cluster.folder.startsWith(`${dataDir}${path.sep}`);
  const folder = isInside ? path.relative(dataDir, cluster.folder) : cluster.folder;
  await writeFile(file, JSON.stringify({ ...cluster, folder }), { mode: 0o600 });
  await chmod(file, 0o600);
}

async function initialise(dataDir: string, folder: string, account: Account | undefined): Promise<Cluster> {
  const cluster = { folder, password: randomBytes(24).toString('base64url'), port: 0 };
  await makeClusterParent(folder);
  await removeDrafts(folder);
  // Made beside its final place and renamed, so that a killed first run leaves nothing half-made behind.
  const draft = await mkdtemp(`${folder}-draft-`);
  const passwordFile = `${draft}.password`;
  await writeFile(passwordFile, cluster.password, { mode: 0o600 });
  if (account) await Promise.all([draft, passwordFile].map((file) => chown(file, account.uid, account.gid)));
  const { initdb } = await postgresBinaries(account);
  const options = ['--username=boxoffice', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  await run(initdb, ['-D', draft, ...options, '--encoding=UTF8', '--locale=C', '--data-checksums'], account);
  await rm(passwordFile);
  await writeCluster(path.join(dataDir, 'postgres.json.first'), dataDir, cluster);
  await rename(draft, folder);
  await finishFirstStart(dataDir);
  return cluster;
}

/** What first runs that were killed left behind. */
async function removeDrafts(folder: string): Promise<void> {
  const names = await readdir(path.dirname(folder));
  const drafts = names.filter((name) => name.startsWith(`${path.basename(folder)}-draft-`));
  await Promise.all(drafts.map((name) => rm(path.join(path.dirname(folder), name), { recursive: true, force: true })));
}

function run(command: string, args: string[], account: Account | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${path.basename(command)} failed: ${errors}`)),
    );
  });
}
