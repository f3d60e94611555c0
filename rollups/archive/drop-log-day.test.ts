// What may go wrong while a day is archived: a kill between any two steps, a day that is not proved, views that come meanwhile.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type Sql } from '#db/client.ts';
import { listPartitions, partitionedTables } from '#db/partitions.ts';
import type { VideoId } from '#db/schema.ts';
import { ensureWritablePartitions } from '#ingest/log-partitions.ts';
import { Recorder } from '#ingest/recorder.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { logView, makeVideos, rollUp } from '#test/factories.ts';
import { checkInvariants } from '../checker.ts';
import { closeDueDays } from '../close-due-days.ts';
import { retain } from '../retain.ts';
import { retentionPolicies } from '../retention-policies.ts';
import { findArchive } from './find-archive.ts';
import { faultOf } from './read-archive.ts';
import type { Probe } from './write-archive.ts';

const day = '2007-06-06';
const noon = Date.parse(`${day}T12:00:00Z`);
const importedAt = Date.parse('2026-03-10T12:00:00Z');
const due = importedAt + 100 * 86_400_000;

let database: TestDatabase;
let session: Sql;
let importer: Recorder;
let folder: string;
let video: VideoId;

beforeEach(async () => {
  database = await freshDatabase();
  video = (await makeVideos(database.sql, ['tide'])).get('tide') as VideoId;
  session = connect(database.url, { name: 'retention', max: 1 });
  importer = new Recorder(database.url, { kind: 'import' });
  folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-archive-'));
  await record(3);
  await closeAll();
});

afterEach(async () => {
  await importer.close();
  await session.end();
  await database.close();
  await rm(folder, { recursive: true });
});

test('killed before any step, an archive leaves the log, or the record with its file', async () => {
  await writeFile(path.join(folder, `views-${day}.ndjson.zst.partial`), 'of a run that was killed');
  for (let step = 1; ; step++) {
    let reached = 0;
    const result = await retainLog(() => {
      reached += 1;
      if (reached === step) throw new Error('the power went');
    }).catch(() => 'killed' as const);
    const archive = await findArchive(session, day);
    const rows = await logRows();
    expect([archive?.views, rows]).toEqual(archive ? [3, 0] : [undefined, 3]);
    if (archive?.file) expect(await faultOf(folder, archive.file)).toBeUndefined();
    if (result !== 'killed') break;
    if (archive) await undo();
    expect(step).toBeLessThan(20);
  }
  expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);
  await expectSound();
});

test.each([
  ['not balanced', 'update day_closings set is_balanced = false'],
  ['not closed for good', 'update day_closings set is_final = false'],
  ['not closed yet', 'delete from day_closings'],
  ['changed since the last closing', 'update channel_days set views = views + 1 where channel_id = 0'],
])('a day that is %s is never dropped', async (because, harm) => {
  await database.sql.unsafe(harm);
  expect(await retainLog()).toMatchObject({ status: 'kept', because: expect.stringContaining(because) });
  expect(await logRows()).toBe(3);
  expect(await readdir(folder)).toEqual([]);
});

test('without a folder the log goes, and the record says so', async () => {
  expect(await retainLog(undefined, null)).toMatchObject({ status: 'dropped', rows: 3, fileName: null });
  expect(await findArchive(session, day)).toMatchObject({ views: 3, botViews: 0, file: undefined });
});

test('a day without views goes without a record, and can be imported later', async () => {
  await ensureWritablePartitions(database.sql, ['2007-06-07'], new Date(importedAt));
  await retainLog();
  expect((await listPartitions(database.sql, partitionedTables.videoViews)).map(({ from }) => from)).toEqual([]);
  expect(await findArchive(session, '2007-06-07')).toBeUndefined();
  const [outcome] = await importer.record([logView(video, noon + 86_400_000, { receivedAt: importedAt })]);
  expect(outcome).toEqual({ status: 'counted' });
});

test('views that the rollup has not read keep the log', async () => {
  await record(1);
  expect(await retainLog()).toMatchObject({ status: 'kept', because: 'the rollup has not read all of it' });
  await rollUp(database.sql, due);
  expect(await retainLog()).toMatchObject({ because: expect.stringContaining('changed since the last closing') });
  await closeAll();
  // They make the day as young as they are.
  expect(await retainLog()).toBeUndefined();
  await expectSound();
});

test.each([1, 2, 3, 4])('views that come at step %i of an archive keep the log, and are counted', async (step) => {
  let reached = 0;
  const retained = await retainLog(async () => {
    reached += 1;
    if (reached === step) await record(2);
  });
  expect(retained).toMatchObject({ status: 'kept' });
  expect(await logRows()).toBe(5);
  await closeAll();
  await expectSound();
});

test('whichever is first, flushes that race with the drop are counted or refused, never lost', async () => {
  const outcomes: string[] = [];
  let isOver = false;
  const flushing = (async () => {
    while (!isOver) outcomes.push(...(await record(1)));
  })();
  // The first is mostly too late for a drop; the last has the day to itself.
  await retainLog();
  await rollUp(database.sql, due);
  isOver = true;
  await flushing;
  const counted = outcomes.filter((outcome) => outcome === 'counted').length;
  expect(await logRows()).toBe(3 + counted);
  await closeAll();
  const dropping = retainLog(undefined, folder, due + 100 * 86_400_000);
  const racing = Promise.all([record(1), record(1), record(1)]);
  const [retained, late] = [await dropping, (await racing).flat()];
  const lateCounted = late.filter((outcome) => outcome === 'counted').length;
  expect(late.every((outcome) => ['counted', 'archived'].includes(outcome))).toBe(true);
  if (retained?.status === 'dropped') expect([lateCounted, await logRows()]).toEqual([0, 0]);
  else expect(await logRows()).toBe(3 + counted + lateCounted);
  await rollUp(database.sql, due);
  const [total] = await session`select views::int from channel_totals where channel_id = 0`;
  expect(total).toEqual({ views: 3 + counted + lateCounted });
  await expectSound();
});

async function record(views: number): Promise<string[]> {
  await ensureWritablePartitions(database.sql, [day], new Date(importedAt));
  const batch = Array.from({ length: views }, (_, i) => logView(video, noon + i, { receivedAt: importedAt }));
  const outcomes = await importer.record(batch);
  return outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : outcome.status));
}

let closedAt = importedAt;

async function closeAll(): Promise<void> {
  closedAt = (await findLatest()) ? due : importedAt;
  await rollUp(database.sql, closedAt);
  await closeDueDays(session, 'UTC', () => new Date(closedAt));
}

async function findLatest(): Promise<boolean> {
  const [row] = await session<[{ some: boolean }]>`select exists(select from day_closings) as some`;
  return row.some;
}

async function retainLog(probe?: Probe, into: string | null = folder, at = due) {
  const policies = retentionPolicies().filter(({ fact }) => fact === 'view log');
  const archives = { url: database.url, folder: into ?? undefined };
  const now = new Date(at);
  const { tooOld } = await retain(session, { policies, archives, timeZone: 'UTC', now, ...(probe && { probe }) });
  return tooOld.find(({ partition }) => partition.endsWith('20070606'));
}

/** Puts the day back as it was before it was dropped. */
async function undo(): Promise<void> {
  await database.sql`delete from log_archives`;
  await database.sql`truncate channel_days, channel_hours, channel_months, channel_totals, video_days, video_hours, video_months, video_totals, day_closings`;
  await record(3);
  await closeAll();
}

async function logRows(): Promise<number> {
  const [row] = await session<[{ rows: number }]>`select count(*)::int as rows from video_views`;
  return row.rows;
}

async function expectSound(): Promise<void> {
  const findings = await checkInvariants(database.sql, new Date(due), 'UTC');
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
}
