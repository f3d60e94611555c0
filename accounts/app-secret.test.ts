import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appSecret } from './app-secret.ts';

const production = { NODE_ENV: 'production' as const };
const elsewhere = { DATABASE_URL: 'postgres://elsewhere/boxoffice' };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-secret-'));
});

afterAll(() => rm(folder, { recursive: true }));

test('beside an embedded database one secret is made, by whoever comes first, and kept for its owner alone', async () => {
  const place = { ...production, DATA_DIR: folder };
  const [one, ...others] = await Promise.all(Array.from({ length: 8 }, () => appSecret(place)));
  expect(one).toMatch(/^[\da-f]{64}$/);
  expect(new Set([one, ...others, await appSecret(place)])).toEqual(new Set([one]));
  const file = path.join(folder, 'app-secret');
  expect(await readFile(file, 'utf8')).toBe(`${one}\n`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a kept secret that was emptied is told, and not replaced: second factors would be lost unnoticed', async () => {
  const emptied = await mkdtemp(path.join(folder, 'emptied-'));
  await writeFile(path.join(emptied, 'app-secret'), '\n');
  await expect(appSecret({ ...production, DATA_DIR: emptied })).rejects.toThrow(/holds no secret .* remove it/);
});

test('in production a database elsewhere asks for APP_SECRET', async () => {
  await expect(appSecret({ ...production, ...elsewhere, DATA_DIR: folder })).rejects.toThrow(
    /^APP_SECRET: is missing; set it to a secret of 32 characters or more, such as openssl rand -hex 32 prints/,
  );
  const APP_SECRET = 'x'.repeat(32);
  expect(await appSecret({ ...production, ...elsewhere, DATA_DIR: folder, APP_SECRET })).toBe(APP_SECRET);
});
