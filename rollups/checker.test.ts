import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { recordViews } from '#ingest/record-views.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { checkInvariants, checkLedger, type Evidence, type Finding } from './checker.ts';
import { closeDay } from './close-day.ts';
import { dayOf } from './day-bounds.ts';
import { daysOfLogAndLedger } from './kept-days.ts';
import { checkLogDay, type LogCheck } from './log-check.ts';

const day = '2026-03-10';
const noon = Date.parse(`${day}T12:00:00Z`);
const weekLater = Date.parse('2026-03-19T02:00:00Z');
const views = [viewOf('tide', noon), viewOf('tide', noon + 1)];
const answers = { sent: 5, counted: 2, duplicate: 1, rejected: 1, unknown: 1 };
const acknowledged = views.map(({ id }) => id);
let database: TestDatabase;
let ingest: TestIngest;
let now = noon;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  ingest = await openIngest(database, () => now);
  await recordViews(ingest, [...views, views[0], viewOf('nobody-made-this', noon)], person);
  now = weekLater;
  await rollUp(database.sql, now);
  const session = connect(database.url, { name: 'close', max: 1 });
  // Also one without views.
  for (const one of ['2026-03-09', day]) await closeDay(session, one, 'UTC', new Date(now));
  await session.end();
});

afterAll(async () => {
  await ingest.close();
  await database.close();
});

test('a sound database holds every invariant', async () => {
  const secrets = { planted: ['s3cret'], written: ['a log line'] };
  expect(await broken({ acknowledged, answers, maxLagMs: 5_000, secrets })).toEqual([]);
});

test.each<[string, Evidence]>([
  ['durable', { acknowledged: [...acknowledged, randomUUID()] }],
  ['conserved', { answers: { ...answers, counted: 4, sent: 7 } }],
  ['conserved', { answers: { ...answers, sent: 9 } }],
  ['alive', { maxLagMs: -1 }],
  ['no_leak', { secrets: { planted: ['s3cret'], written: ['the key is s3cret'] } }],
])('%s is broken by what only the sender knows', async (invariant, evidence) => {
  expect(await broken(evidence)).toEqual([invariant]);
});

test.each([
  ['aggregates', 'update video_hours set views = views + 1', 'update video_hours set views = views - 1'],
  ['cursors', 'update rollup_cursors set batch = batch + 100', 'update rollup_cursors set batch = batch - 100'],
  [
    'closings',
    'update day_closings set log_views = log_views + 1',
    'update day_closings set log_views = log_views - 1',
  ],
])('%s is broken by %s', async (invariant, harm, mend) => {
  await database.sql.unsafe(harm);
  expect(await broken({})).toContain(invariant);
  await database.sql.unsafe(mend);
  expect(await broken({})).toEqual([]);
});

test('a live view of a day that was closed for good breaks it, one of an import does not', async () => {
  now = noon + 1;
  await recordViews(ingest, [viewOf('tide', noon)], person);
  now = weekLater;
  await rollUp(database.sql, now);
  expect(await broken({})).toEqual(['closings']);
  await database.sql`update ingest_lanes set kind = 'import'`;
  expect(await broken({})).toEqual([]);
});

test('one view with two times is not once', async () => {
  const [first] = views;
  await database.sql`
    insert into video_views select id, viewer, video_id, viewed_at + interval '1 second', received_at, batch, lane, device, browser, os, is_muted
    from video_views where id = ${first?.id ?? ''}`;
  expect(await broken({})).toContain('once');
});

test('a closed day whose log is gone without a record is found', async () => {
  await database.sql`truncate video_views`;
  expect(await broken({})).toEqual(['aggregates', 'closings']);
});

/** What does not hold. The audit, which asks day by day, has to find the same. */
async function broken(evidence: Evidence): Promise<string[]> {
  const findings = await checkInvariants(database.sql, new Date(now), 'UTC', evidence);
  const asked = findings.filter(({ invariant }) => ['once', 'cursors', 'closings'].includes(invariant));
  expect(await ledgerFindings()).toEqual(asked);
  return findings.filter(({ holds }) => !holds).map(({ invariant }) => invariant);
}

async function ledgerFindings(): Promise<Finding[]> {
  const { sql } = database;
  const checks: LogCheck[] = [];
  for (const day of await daysOfLogAndLedger(sql, 'UTC'))
    checks.push(await checkLogDay(sql, await dayOf(sql, day, 'UTC')));
  return checkLedger(sql, checks);
}
