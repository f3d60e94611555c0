// A change of zone where the log of old days is gone: cut from hours where those can be, else parted by one instant.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type Sql } from '#db/client.ts';
import { nameOf, type ReportingZone } from '#db/reporting-zone.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { recordViews } from '#ingest/record-views.ts';
import { viewedAtOf } from '#ingest/view-id.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { bot, makeVideos, openIngest, person, rollUp, type TestIngest, viewOf } from '#test/factories.ts';
import { type CountedView, expectedLedger, type Ledger, storedLedger } from '#test/recount.ts';
import { changeZone } from './change-zone.ts';
import { checkInvariants } from './checker.ts';
import { closeDueDays } from './close-due-days.ts';
import { rebuild } from './rebuild.ts';
import { retain } from './retain.ts';
import { isTooOld, planRetention } from './retention-plan.ts';
import { retentionPolicies } from './retention-policies.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const start = Date.parse('2026-03-01T00:00:00Z');
const never = Date.parse('2090-01-01');
let now: number;
let database: TestDatabase;
let ingest: TestIngest;
let session: Sql;
let counted: CountedView[];
let zone: ReportingZone;

beforeEach(async () => {
  [now, counted, zone] = [start, [], 'UTC'];
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm']);
  await makeVideos(database.sql, ['reef'], 'quarry');
  ingest = await openIngest(database, () => now);
  session = connect(database.url, { name: 'rebuild', max: 1 });
  // The log of these is dropped, but not that of the days after.
  for (const day of [0, 1, 4]) await recordDay(start + day * dayMs);
  now = start + 20 * dayMs;
  await closeAll();
  await retain(session, { ...retention(), now: new Date(start + 40 * dayMs) });
  for (const day of [40, 41, 42]) await recordDay(start + day * dayMs);
});

afterEach(async () => {
  await session.end();
  await ingest.close();
  await database.close();
});

test('days without a log are cut from their hours where the zones have the same hours', async () => {
  expect(await goneDays()).toEqual(['2026-03-01', '2026-03-02', '2026-03-05']);
  for (const to of ['Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati', 'UTC']) {
    expect(await change(to)).toBeNull();
    expect(await stored()).toEqual(expectedLedger(counted, to, never));
    await expectSound();
  }
});

test('elsewhere one instant parts the days of the zones, and every view is counted once', async () => {
  const cuts: [string, string | null][] = [
    // The first midnights after the last day whose log is gone; a quarter of an hour stays Kathmandu's.
    ['Asia/Kathmandu', '2026-03-06T18:15:00Z'],
    ['Asia/Kolkata', '2026-03-06T18:30:00Z'],
    // That day's hours are still UTC's, which are New York's too.
    ['America/New_York', null],
  ];
  for (const [to, cutAt] of cuts) {
    expect(await change(to)).toBe(cutAt);
    expect(await stored()).toEqual(parted());
    await expectSound();
    await recordAt([start + 42.5 * dayMs], start + 43 * dayMs);
    // Late, by an import: of a day before the cut, whose log is kept.
    await recordAt([start + 2.5 * dayMs], start + 3 * dayMs);
    expect(await stored()).toEqual(parted());
    await expectSound();
    expect(await rebuildAll()).toMatchObject({ repaired: [], changedSums: 0, restoredRows: 0 });
  }
});

test('closings and retention go on after the change', async () => {
  await change('Asia/Kathmandu');
  await recordAt([start + 2.5 * dayMs], start + 3 * dayMs);
  now = start + 60 * dayMs;
  await closeAll();
  await expectSound();
  const planned = await planRetention(session, retentionPolicies(9), zone);
  expect(planned.filter(({ heldBecause }) => heldBecause)).toEqual([]);
  const { tooOld } = await retain(session, { ...retention(), now: new Date(start + 500 * dayMs) });
  expect(tooOld.filter(({ status }) => status === 'kept')).toEqual([]);
  expect(planned.some((one) => one.policy.fact === 'hours' && isTooOld(one.dueOn, new Date(start + 500 * dayMs)))).toBe(
    true,
  );
  await expectSound();
});

test('hours of days that were cut from hours are dropped in their time', async () => {
  expect(await change('Europe/Berlin')).toBeNull();
  now = start + 60 * dayMs;
  await closeAll();
  await expectSound();
  const planned = await planRetention(session, retentionPolicies(9), zone);
  expect(planned.filter(({ heldBecause }) => heldBecause)).toEqual([]);
});

async function change(to: string): Promise<string | null> {
  const changed = await changeZone(session, { from: zone, to, now: new Date(now) });
  zone = changed.zone;
  expect(nameOf(zone)).toBe(to);
  return changed.cutAt;
}

/** Eight views over a day, one of them a bot's, recorded and rolled up at its end. */
async function recordDay(at: number): Promise<void> {
  const times = Array.from({ length: 8 }, (_, i) => at + i * 3 * hourMs + i * 60_000);
  await recordAt(times.slice(0, 7), at + 23 * hourMs);
  await recordAt(times.slice(7), at + 23 * hourMs, true);
}

/** Views as they come in at `receivedAt`. */
async function recordAt(times: number[], receivedAt: number, isBot = false): Promise<void> {
  const later = now;
  now = receivedAt;
  await ensureLivePartitions(database.sql, new Date(now));
  const views = times.map((at, i) => viewOf(['tide', 'storm', 'reef'][i % 3] ?? 'tide', at));
  const answers = await recordViews(ingest, views, isBot ? bot : person);
  expect(answers.map(({ status }) => status)).toEqual(times.map(() => 'counted'));
  for (const { id, video } of views) {
    const channel = video === 'reef' ? 'quarry' : 'harbour';
    counted.push({ video, channel, viewedAt: viewedAtOf(id), isBot });
  }
  now = Math.max(later, receivedAt);
  await rollUp(database.sql, now, zone);
}

async function closeAll(): Promise<void> {
  await rollUp(database.sql, now, zone);
  await closeDueDays(session, zone, () => new Date(now));
}

function retention() {
  return { policies: retentionPolicies(9), archives: { url: database.url, folder: undefined }, timeZone: zone };
}

function rebuildAll() {
  return rebuild(session, { from: '0001-01-01', to: '9999-12-31', timeZone: zone, clock: () => new Date(now) });
}

async function goneDays(): Promise<string[]> {
  const rows = await database.sql<{ day: string }[]>`select day::text as day from log_archives order by 1`;
  return rows.map(({ day }) => day);
}

function stored(): Promise<Ledger> {
  return storedLedger(database.sql, never);
}

/** What every aggregate should hold: each view cut by the zone of its time. */
function parted(): Ledger {
  const spans = typeof zone === 'string' ? [] : zone.earlier;
  let since = Number.NEGATIVE_INFINITY;
  let sum: Ledger = {};
  for (const { timeZone, until } of [...spans, { timeZone: nameOf(zone), until: '9999-12-31' }]) {
    const views = counted.filter(({ viewedAt }) => viewedAt >= since && viewedAt < Date.parse(until));
    sum = added(sum, expectedLedger(views, timeZone, never));
    since = Date.parse(until);
  }
  return sum;
}

function added(one: Ledger, other: Ledger): Ledger {
  const sum = { ...one };
  for (const [key, text] of Object.entries(other)) {
    const [views = 0, bots = 0] = text.split('/').map(Number);
    const [before = 0, botsBefore = 0] = (one[key] ?? '0/0').split('/').map(Number);
    sum[key] = `${before + views}/${botsBefore + bots}`;
  }
  return sum;
}

async function expectSound(): Promise<void> {
  const findings = await checkInvariants(database.sql, new Date(now), zone);
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
}
