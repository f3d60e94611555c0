// A disk that is full and connections that are lost: the command fails, waits for nothing, and leaves nothing half done.
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

let folder: string;
let file: string;
let source: TestDatabase;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-backup-'));
  file = path.join(folder, 'whole.sql.zst');
  source = await freshDatabase();
  // Far more than any buffer on the way holds.
  await source.sql`
    insert into channels (handle, name)
    select 'channel-' || i, (select string_agg(md5((6 * i + j)::text), '') from generate_series(1, 6) j) from generate_series(1, 40000) i`;
  await writeBackup({ url: source.url, file });
});
afterAll(async () => {
  await source.close();
  await rm(folder, { recursive: true });
});

test.runIf(process.platform === 'linux')('a full disk ends a backup, and leaves no file', async () => {
  const full = path.join(folder, 'full.sql.zst');
  await symlink('/dev/full', `${full}.partial`);
  await expect(writeBackup({ url: source.url, file: full })).rejects.toThrow('cannot be written: ENOSPC');
  expect(await readdir(folder)).toEqual(['whole.sql.zst']);
  await expect.poll(() => sessions(source, 'backup')).toBe(0);
});

test('a backup whose connection is lost fails, and leaves no file', async () => {
  const onProgress = terminator(source, 'backup');
  const backup = writeBackup({ url: source.url, file: path.join(folder, 'lost.sql.zst'), onProgress });
  await expect(backup).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['whole.sql.zst']);
});

test('a restore whose connection is lost, or that is stopped, leaves the database empty', async () => {
  const target = await freshDatabase();
  try {
    await expect(restoreBackup({ url: target.url, file, onProgress: terminator(target, 'restore') })).rejects.toThrow();
    expect(await target.sql`select from channels`).toHaveLength(0);
    const stopping = new AbortController();
    const stopped = restoreBackup({
      url: target.url,
      file,
      signal: stopping.signal,
      onProgress: () => stopping.abort(),
    });
    await expect(stopped).rejects.toThrow('abort');
    expect(await target.sql`select from channels`).toHaveLength(0);
    await restoreBackup({ url: target.url, file });
    expect(await target.sql`select from channels`).toHaveLength(40_000);
  } finally {
    await target.close();
  }
});

/** Ends the session of a command as soon as it tells its progress. */
function terminator({ sql }: TestDatabase, name: string): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    void sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = ${`boxoffice ${name}`}`.execute();
  };
}

async function sessions({ sql }: TestDatabase, name: string): Promise<number> {
  const found = await sql`
    select from pg_stat_activity where datname = current_database() and application_name = ${`boxoffice ${name}`}`;
  return found.length;
}
