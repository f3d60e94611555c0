// What a backup and a restore refuse, and what they say to do.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { ensurePartitions, partitionedTables, partitionOf } from '#db/partitions.ts';
import { blankDatabase } from '#test/blank-database.ts';
import { freshDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { type KeptBackup, keepBackup, keptDays } from '#test/kept-backup.ts';
import { startProcess } from '#test/process.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

let kept: KeptBackup;

beforeAll(async () => {
  kept = await keepBackup();
});
afterAll(() => kept.remove());

test('a database that is not empty, also because it was restored to', async () => {
  const target = await freshDatabase();
  try {
    await restoreBackup({ url: target.url, file: kept.file });
    const again = restoreBackup({ url: target.url, file: kept.file });
    await expect(again).rejects.toThrow(/not empty: \w+ has rows.*Set DATABASE_URL to a new database/);
    expect(await target.sql`select count(*)::int as views from video_views`).toEqual([{ views: 126 }]);
  } finally {
    await target.close();
  }
});

test('a channel alone is not empty; what a server notes before it makes way', async () => {
  const [filled, started] = [await freshDatabase(), await freshDatabase()];
  try {
    await makeVideos(filled.sql, []);
    await expect(restoreBackup({ url: filled.url, file: kept.file })).rejects.toThrow('channels has rows');
    await started.sql`insert into viewer_salts values ('2026-03-10', 'salt')`;
    await started.sql`insert into ingest_lanes (lane, kind, leased_by, leased_at) values (1, 'import', '', now())`;
    await restoreBackup({ url: started.url, file: kept.file });
    expect(await started.sql`select kind from ingest_lanes`).toEqual([{ kind: 'live' }]);
  } finally {
    await filled.close();
    await started.close();
  }
});

test('a file that is there already, unless it may be replaced; one that fails leaves nothing behind', async () => {
  const database = await freshDatabase();
  const blank = await blankDatabase();
  const before = await readFile(kept.file);
  const files = await readdir(kept.folder);
  try {
    await expect(writeBackup({ url: database.url, file: kept.file })).rejects.toThrow('add --force');
    const replacing = writeBackup({ url: blank.url, file: kept.file, mayReplace: true });
    await expect(replacing).rejects.toThrow('nothing to back up');
    const aborted = AbortSignal.abort();
    await expect(writeBackup({ url: database.url, file: `${kept.file}.2`, signal: aborted })).rejects.toThrow('abort');
    expect(await readFile(kept.file)).toEqual(before);
    await writeBackup({ url: database.url, file: kept.file, mayReplace: true });
    expect((await stat(kept.file)).size).toBeLessThan(before.length);
    expect(await readdir(kept.folder)).toEqual(files);
  } finally {
    await writeFile(kept.file, before);
    await database.close();
    await blank.close();
  }
});

test('a database that somebody writes to', async () => {
  const target = await freshDatabase();
  const writer = connect(target.url, { name: 'writer', max: 1, idleInTransactionTimeoutMs: 60_000 });
  try {
    await writer.begin(async (tx) => {
      await tx`insert into viewer_salts values ('2026-03-10', 'salt')`;
      const restoring = restoreBackup({ url: target.url, file: kept.file });
      await expect(restoring).rejects.toThrow('Something uses this database: stop it');
    });
    await restoreBackup({ url: target.url, file: kept.file });
  } finally {
    await writer.end();
    await target.close();
  }
});

test('another zone than that of the environment', async () => {
  const target = await freshDatabase();
  const restoring = restoreBackup({ url: target.url, file: kept.file, timeZone: 'Asia/Kathmandu' });
  await expect(restoring).rejects.toThrow('Set TIME_ZONE=Europe/Berlin or leave it out');
  await target.close();
});

test.each([
  ['a later schema', (it: string) => it.replace('"migrations":[', '"migrations":[{"madeAt":4e12,"hash":"later"},')],
  ['a later format', (it: string) => it.replace('boxoffice-backup-1', 'boxoffice-backup-2')],
])('a backup of %s names the version that takes it', async (_, alter) => {
  const target = await blankDatabase();
  const file = path.join(kept.folder, 'later.sql.zst');
  const text = zstdDecompressSync(await readFile(kept.file)).toString();
  await writeFile(file, zstdCompressSync(alter(text).replace('"version":"', '"version":"9')));
  await expect(restoreBackup({ url: target.url, file })).rejects.toThrow(
    /made by Boxoffice 9\d.*that version or a newer/,
  );
  await target.close();
});

test('a restore that is killed half-way leaves the database empty, and is simply run again', async () => {
  const target = await freshDatabase();
  const day = partitionOf(partitionedTables.videoViews, keptDays.at(-1) ?? '');
  await ensurePartitions(target.sql, partitionedTables.videoViews, [day]);
  const environment = { DATABASE_URL: target.url };
  const holder = connect(target.url, { name: 'holder', max: 1, idleInTransactionTimeoutMs: 60_000 });
  try {
    // Held where all but the last of the log is loaded.
    const killed = await holder.begin(async (tx) => {
      await tx`lock table ${tx(day.name)} in share mode`;
      const restoring = startProcess('backup/run-restore.ts', [kept.file], environment);
      await expect.poll(isWaiting, { timeout: 20_000, interval: 20 }).toBe(true);
      restoring.child.kill('SIGKILL');
      return restoring.ended;
    });
    expect(killed).toBe('SIGKILL');
    const counted = target.sql`select (select count(*) from videos)::int as videos, (select count(*) from video_views)::int as views`;
    expect(await counted).toEqual([{ videos: 0, views: 0 }]);
    const again = startProcess('backup/run-restore.ts', [kept.file], environment);
    expect(await again.ended).toBe(0);
    await again.line(/^[\d,]+ rows restored and checked/);
    expect(await target.sql`select count(*)::int as views from video_views`).toEqual([{ views: 126 }]);
  } finally {
    await holder.end();
    await target.close();
  }

  async function isWaiting(): Promise<boolean> {
    const waiting = await target.sql`
      select from pg_stat_activity where datname = current_database() and application_name = 'boxoffice restore'
        and wait_event_type = 'Lock' and query like 'copy%'`;
    return waiting.length === 1;
  }
});
