// A database with a few views, and a backup of it, for tests of what can go wrong with a restore.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeBackup } from '#backup/write-backup.ts';
import { freshDatabase } from './database.ts';
import { makeVideos } from './factories.ts';
import { recordAt } from './recorded-views.ts';

export type KeptBackup = { folder: string; file: string; remove(): Promise<void> };

export const keptDays = ['2026-03-08', '2026-03-09', '2026-03-10'];

export async function keepBackup(): Promise<KeptBackup> {
  const database = await freshDatabase('Europe/Berlin');
  const folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-backup-'));
  const file = path.join(folder, 'kept.sql.zst');
  try {
    await makeVideos(database.sql, ['tide', 'storm']);
    const views = keptDays.map((day) => ({ video: 'tide', at: `${day}T10:00:00Z`, people: 40, bots: 2 }));
    await recordAt(database, views, `${keptDays.at(-1)}T12:00:00Z`, 'Europe/Berlin');
    await writeBackup({ url: database.url, file });
  } finally {
    await database.close();
  }
  return { folder, file, remove: () => rm(folder, { recursive: true }) };
}
