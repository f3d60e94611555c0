// Retention as a process that is killed for good at each of its steps: also within the file, and between the file and the drop.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Sql } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import { listPartitions, partitionedTables } from '#db/partitions.ts';
import type { VideoId } from '#db/schema.ts';
import { ensureWritablePartitions } from '#ingest/log-partitions.ts';
import { Recorder } from '#ingest/recorder.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { logView, makeVideos, rollUp } from '#test/factories.ts';
import { type KeepingProcesses, openKeepingProcesses } from '#test/keeping-processes.ts';
import { checkInvariants } from '../checker.ts';
import { closeDueDays } from '../close-due-days.ts';
import { retain } from '../retain.ts';
import { retentionPolicies } from '../retention-policies.ts';
import { findArchive, listArchives } from './find-archive.ts';
import { faultOf } from './read-archive.ts';

// Enough for a file that is written in several pieces.
const views = 1_000;
const importedAt = new Date('2026-03-10T12:00:00Z');
const due = new Date('2026-06-30T12:00:00Z');
let database: TestDatabase;
let session: Sql;
let folder: string;
let video: VideoId;
let processes: KeepingProcesses;

beforeAll(async () => {
  database = await freshDatabase();
  video = (await makeVideos(database.sql, ['tide'])).get('tide') as VideoId;
  session = connect(database.url, { name: 'close', max: 1 });
  folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-archive-'));
  processes = await openKeepingProcesses();
});

afterAll(async () => {
  await processes.close();
  await session.end();
  await database.close();
  await rm(folder, { recursive: true });
});

test('killed at any step, an archive leaves the log, or its record with a file that is whole; the next one ends it', {
  timeout: 300_000,
}, async () => {
  const kills = { withLog: 0, withHalfFile: 0, withRecord: 0 };
  for (let [probe, run] = [1, 1]; ; probe++, run++) {
    // A day of its own for each kill: those before it are archived.
    const day = shiftDay('2007-06-06', run);
    await importDay(day);
    const outcome = await processes.run({ url: database.url, now: due.toISOString(), probe, archiveInto: folder });
    const record = await findArchive(session, day);
    expect(await logRows()).toBe(record ? 0 : views);
    await expectWholeFiles();
    // On a busy machine the run before may have waited for a lock at a step more than this one, and was killed there instead.
    if (outcome === 'dropped' && kills.withRecord === 0 && run < 40) {
      probe -= 2;
      continue;
    }
    if (outcome === 'dropped') break;
    expect(outcome).toBe('SIGKILL');
    if (record) kills.withRecord += 1;
    else kills.withLog += 1;
    if ((await partials()).some(({ isWhole }) => !isWhole)) kills.withHalfFile += 1;
    await expect.poll(sessions, { timeout: 10_000, interval: 10 }).toBe(0);
    if (!record) expect(await archive()).toEqual(['dropped']);
    expect(await partials()).toEqual([]);
    expect((await findArchive(session, day))?.views).toBe(views);
    expect(await logRows()).toBe(0);
  }
  // Around the file as a whole, its check and the record, besides the pieces of the file.
  expect(kills.withLog).toBeGreaterThan(7);
  expect(kills.withHalfFile).toBeGreaterThan(0);
  // Once, or more often where runs waited for a lock and were killed at one step twice.
  expect(kills.withRecord).toBeGreaterThan(0);
  await expectWholeFiles();
  const findings = await checkInvariants(database.sql, due, 'UTC');
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  const [total] = await session`select views::int from channel_totals where channel_id = 0`;
  expect(total).toEqual({ views: views * (await listArchives(session)).length });
});

/** Views of a day, imported and proved for good, that are too old by now. */
async function importDay(day: string): Promise<void> {
  await ensureWritablePartitions(database.sql, [day], importedAt);
  const importer = new Recorder(database.url, { kind: 'import' });
  const noon = Date.parse(`${day}T12:00:00Z`);
  const batch = Array.from({ length: views }, (_, i) => logView(video, noon + i, { receivedAt: importedAt.getTime() }));
  await importer.record(batch);
  await importer.close();
  await rollUp(database.sql, importedAt);
  expect(await closeDueDays(session, 'UTC', () => importedAt)).toMatchObject([{ day, closing: { isFinal: true } }]);
}

async function archive(): Promise<string[]> {
  const policies = retentionPolicies().filter(({ fact }) => fact === 'view log');
  const archives = { url: database.url, folder };
  const { tooOld } = await retain(session, { policies, archives, timeZone: 'UTC', now: due });
  return tooOld.map(({ status }) => status);
}

/** Every file with an archive's name can be read to its end, and every record has one that is as it was written. */
async function expectWholeFiles(): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.zst'));
  for (const name of names) expect(linesOf(await readFile(path.join(folder, name)))).toHaveLength(views);
  for (const { file } of await listArchives(session)) expect(file && (await faultOf(folder, file))).toBeUndefined();
}

async function partials(): Promise<{ isWhole: boolean }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.partial'));
  const files = await Promise.all(names.map((name) => readFile(path.join(folder, name))));
  return files.map((file) => ({ isWhole: linesOf(file).length === views }));
}

/** None where the file breaks off. */
function linesOf(file: Buffer): string[] {
  try {
    return zstdDecompressSync(file).toString().trimEnd().split('\n');
  } catch {
    return [];
  }
}

async function logRows(): Promise<number> {
  const days = (await listPartitions(session, partitionedTables.videoViews)).filter(({ from }) => from < '2008');
  const [row] = await session<[{ rows: number }]>`select count(*)::int as rows from video_views`;
  expect(days).toHaveLength(row.rows > 0 ? 1 : 0);
  return row.rows;
}

async function sessions(): Promise<number> {
  const open = await database.sql`
    select from pg_stat_activity
    where application_name in ('boxoffice keeping process', 'boxoffice archive') and datname = current_database()`;
  return open.length;
}
