// What signs sessions and encrypts second factors. All processes over one database share it.
import { randomBytes } from 'node:crypto';
import { chmod, link, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

type Place = {
  APP_SECRET?: string;
  DATABASE_URL?: string;
  DATA_DIR: string;
  NODE_ENV: 'production' | 'development' | 'test';
};

const developmentSecret = 'only for development, and known to everybody';

/**
 * APP_SECRET; without one what is kept beside the embedded database. Rejects where neither is there: a secret that each process made
 * up would end all sessions with each start, and lose all second factors.
 */
export async function appSecret({ APP_SECRET, DATABASE_URL, DATA_DIR, NODE_ENV }: Place): Promise<string> {
  if (APP_SECRET) return APP_SECRET;
  if (!DATABASE_URL) return keptSecret(path.join(DATA_DIR, 'app-secret'));
  if (NODE_ENV === 'development') return developmentSecret;
  throw new Error(
    'APP_SECRET: is missing; set it to a secret of 32 characters or more, such as openssl rand -hex 32 prints, and keep it: ' +
      'sessions and second factors depend on it.',
  );
}

async function keptSecret(file: string): Promise<string> {
  const found = await readKept(file);
  if (found) return found;
  // Whole or not at all, and of two that start at once the first one's.
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await link(draft, file).catch(ignoreExisting);
  await rm(draft);
  const kept = await readKept(file);
  if (!kept) throw new Error(`DATA_DIR: ${file} holds no secret of 32 characters; remove it, and a new one is made.`);
  return kept;
}

async function readKept(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const secret = text.trim();
  return secret.length >= 32 ? secret : undefined;
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
