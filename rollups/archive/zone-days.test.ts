// Where the days of the reporting zone are not those of the log, one may be archived in part.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Sql } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { ensureWritablePartitions } from '#ingest/log-partitions.ts';
import { Recorder } from '#ingest/recorder.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { logView, makeVideos, rollUp } from '#test/factories.ts';
import { checkInvariants } from '../checker.ts';
import { closeDay } from '../close-day.ts';
import { closeDueDays } from '../close-due-days.ts';
import { retain } from '../retain.ts';
import { planRetention } from '../retention-plan.ts';
import { retentionPolicies } from '../retention-policies.ts';
import { restoreDay } from './restore-day.ts';
import { zoneDaysOf } from './zone-days.ts';

const timeZone = 'Asia/Kathmandu';
const policies = retentionPolicies().filter(({ fact }) => fact === 'view log');
let now = Date.parse('2026-03-10T12:00:00Z');
let database: TestDatabase;
let session: Sql;
let importer: Recorder;
let folder: string;
let video: VideoId;

beforeAll(async () => {
  database = await freshDatabase(timeZone);
  video = (await makeVideos(database.sql, ['tide'])).get('tide') as VideoId;
  session = connect(database.url, { name: 'retention', max: 1 });
  importer = new Recorder(database.url, { kind: 'import' });
  folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-archive-'));
});

afterAll(async () => {
  await importer.close();
  await session.end();
  await database.close();
  await rm(folder, { recursive: true });
});

test('a UTC day is as young as the youngest of the zone days in it', async () => {
  expect(await zoneDaysOf(session, '2007-06-06', timeZone)).toEqual(['2007-06-06', '2007-06-07']);
  // The evening of June 6th is June 7th in Kathmandu.
  await record('2007-06-06T10:00:00Z', '2007-06-06T20:00:00Z', '2007-06-07T10:00:00Z');
  expect(await close()).toEqual(['2007-06-06', '2007-06-07', '2007-06-08']);
  now = Date.parse('2026-04-10T12:00:00Z');
  await record('2007-06-07T20:00:00Z');
  expect(await close()).toEqual(['2007-06-08']);
  const planned = await planRetention(session, policies, timeZone);
  expect(planned.map(({ partition, dueOn, heldBecause }) => [partition.from, dueOn, heldBecause])).toEqual([
    ['2007-06-06', '2026-06-08', undefined],
    ['2007-06-07', '2026-07-09', undefined],
  ]);
});

test('a zone day that is archived in part is neither closed nor taken for wrong, whatever comes in for the rest of it', async () => {
  now = Date.parse('2026-06-08T12:00:00Z');
  expect(await dropped()).toEqual(['video_views_20070606']);
  await record('2007-06-07T09:00:00Z');
  expect(await close()).toEqual([]);
  expect(await closeDay(session, '2007-06-07', timeZone, new Date(now))).toEqual({ status: 'archived' });
  await expectSound(5);
  now = Date.parse('2026-12-01T12:00:00Z');
  await rollUp(database.sql, now, timeZone);
  expect(await dropped()).toEqual([]);
});

test('once the archive is restored, it is closed, and both days can go', async () => {
  expect(await restoreDay(session, '2007-06-06', folder, new Date(now))).toMatchObject({
    status: 'restored',
    views: 2,
  });
  now += 1_000;
  expect(await close()).toContain('2007-06-07');
  await expectSound(5);
  now = Date.parse('2027-03-01T12:00:00Z');
  expect(await dropped()).toEqual(['video_views_20070606', 'video_views_20070607']);
  await expectSound(5);
});

async function record(...times: string[]): Promise<void> {
  const days = times.map((at) => at.slice(0, 10));
  await ensureWritablePartitions(database.sql, days, new Date(now));
  const views = times.map((at) => logView(video, Date.parse(at), { receivedAt: now }));
  expect(await importer.record(views)).toEqual(times.map(() => ({ status: 'counted' })));
  await rollUp(database.sql, now, timeZone);
}

/** The days that were closed, all of them balanced. */
async function close(): Promise<string[]> {
  await rollUp(database.sql, now, timeZone);
  const closed = await closeDueDays(session, timeZone, () => new Date(now));
  expect(closed.every(({ closing }) => closing.status === 'closed' && closing.isBalanced)).toBe(true);
  return closed.map(({ day }) => day);
}

async function dropped(): Promise<string[]> {
  const archives = { url: database.url, folder };
  const { tooOld } = await retain(session, { policies, archives, timeZone, now: new Date(now) });
  return tooOld.filter(({ status }) => status === 'dropped').map(({ partition }) => partition);
}

async function expectSound(views: number): Promise<void> {
  const findings = await checkInvariants(database.sql, new Date(now), timeZone);
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  expect(await session`select views::int from channel_totals where channel_id = 0`).toEqual([{ views }]);
}
