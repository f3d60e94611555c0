// A backup of an older schema goes into a database of that age, which is then brought up to date.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { appliedMigrations, knownMigrations, migrateDatabase } from '#db/migrate.ts';
import { blankDatabase } from '#test/blank-database.ts';
import { freshDatabase } from '#test/database.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

test('an older backup is migrated behind its restore, and refused where that is out of reach', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-backup-'));
  const file = path.join(folder, 'old.sql.zst');
  const [old, blank, set] = [await blankDatabase(), await blankDatabase(), await freshDatabase()];
  try {
    // Before the lanes knew their oldest unread view, and before there was a ledger.
    await migrateDatabase(old.url, 'Asia/Kathmandu', knownMigrations()[1]?.madeAt);
    expect(await appliedMigrations(old.sql)).toHaveLength(2);
    await old.sql`insert into ingest_lanes (lane, kind, leased_by, leased_at) values (1, 'live', '', now())`;
    await old.sql`insert into channels (handle, name) values ('harbour', 'Harbour')`;
    await writeBackup({ url: old.url, file });

    await expect(restoreBackup({ url: set.url, file })).rejects.toThrow('never set up');
    await restoreBackup({ url: blank.url, file });
    expect(await appliedMigrations(blank.sql)).toEqual(knownMigrations());
    expect(await blank.sql`select oldest_unread_at::text as at from ingest_lanes`).toEqual([{ at: '-infinity' }]);
    expect(await blank.sql`select handle from channels`).toEqual([{ handle: 'harbour' }]);
    expect(await migrateDatabase(blank.url)).toBe('Asia/Kathmandu');
  } finally {
    for (const { close } of [old, blank, set]) await close();
    await rm(folder, { recursive: true });
  }
});
