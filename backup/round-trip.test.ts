// Back up while two processes record and the rollup runs, restore elsewhere, go on there.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sql } from '#db/client.ts';
import { enterBalances } from '#opening/enter-balances.ts';
import { checkInvariants } from '#rollups/checker.ts';
import { freshDatabase } from '#test/database.ts';
import { openIngest } from '#test/factories.ts';
import { dayMs, scenarioOf } from '#test/scenario.ts';
import { lastValues, storedRows } from '#test/stored-rows.ts';
import { closeWorld, openWorld, play, type World } from '#test/world.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const start = Date.parse('2026-10-24T10:00:00Z');
const timeZone = 'Europe/Berlin';
const batches = 40;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-backup-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a backup taken under load is one moment of it, and recording goes on from there', async () => {
  let runs = 0;
  const holds = fc.asyncProperty(scenarioOf(batches), scenarioOf(batches), async (steps, more) => {
    const archivedDay = new Date(start - 3 * dayMs).toISOString().slice(0, 10);
    const world = await openWorld(await freshDatabase(timeZone), timeZone, start, archivedDay);
    const restored = await freshDatabase();
    try {
      await play(world, steps.slice(0, batches / 2));
      const file = path.join(folder, `${runs++}.sql.zst`);
      const [manifest] = await Promise.all([writeBackup({ url: world.database.url, file }), play(world, steps)]);
      expect(await restoreBackup({ url: restored.url, file })).toEqual(manifest);
      await expectPrefix(world.database.sql, restored.sql);
      await expectInvariants(restored.sql, world.now);
      await goOn(world, restored, more);
    } finally {
      await restored.close();
      await closeWorld(world);
    }
  });
  await fc.assert(holds, { numRuns: 2, seed: 20_261_024, endOnFailure: true });
}, 120_000);

test('a backup of a database at rest holds every row, sequence and partition of it', async () => {
  const world = await openWorld(await freshDatabase(timeZone), timeZone, start);
  const restored = await freshDatabase();
  const file = path.join(folder, 'rest.sql.zst');
  try {
    await play(world, fc.sample(scenarioOf(batches), { numRuns: 1, seed: 7 }).flat());
    // What COPY has to escape, and a date style that it must not print in.
    await world.database.sql`update channels set name = E'a\\\\.\\n\\\\.\\tb\\r\\\\N'`;
    await world.database.sql.unsafe(
      `do $$ begin execute format('alter database %I set datestyle to german', current_database()); end $$`,
    );
    await enterBalances(world.database.sql, [{ video: 'v1', views: 7, source: 'Vimeo' }], {
      ...{ whose: null, author: { actor: 'command', now: new Date(world.now) }, today: '2026-03-10' },
    });
    const manifest = await writeBackup({ url: world.database.url, file });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await restoreBackup({ url: restored.url, file, timeZone });
    const rows = await storedRows(world.database.sql);
    expect(await storedRows(restored.sql)).toEqual(rows);
    expect(await lastValues(restored.sql)).toEqual(await lastValues(world.database.sql));
    expect(manifest.sums.reduce((sum, table) => sum + table.rows, 0)).toBe(Object.values(rows).flat().length);
    expect(manifest.timeZone).toBe(timeZone);
    const [cursor] = await world.database.sql`select min(complete_to)::text as at from rollup_cursors`;
    expect(Date.parse(manifest.completeTo ?? '')).toBe(Date.parse(cursor?.at));
    const partitions = (sql: Sql) => sql`select inhrelid::regclass::text as name from pg_inherits order by 1`;
    expect(await partitions(restored.sql)).toEqual(await partitions(world.database.sql));
  } finally {
    await restored.close();
    await closeWorld(world);
  }
});

/** Within a lane numbers become visible in order: a moment of the log is everything up to each lane's head. */
async function expectPrefix(source: Sql, restored: Sql): Promise<void> {
  const heads = await restored<{ lane: number; batch: string }[]>`select lane, batch from ingest_lanes order by lane`;
  expect(heads.length).toBeGreaterThan(0);
  const views = await source<{ row: string }[]>`
    select v::text as row from video_views v
    join unnest(${heads.map(({ lane }) => lane)}::int[], ${heads.map(({ batch }) => Number(batch))}::bigint[]) h(lane, batch)
      on h.lane = v.lane and v.batch <= h.batch
    order by 1`;
  expect(await restored`select v::text as row from video_views v order by 1`).toEqual(views);
}

/** The same senders, repeats of what they sent before the backup among it, meet the restored database. */
async function goOn(world: World, restored: World['database'], steps: Parameters<typeof play>[1]): Promise<void> {
  const clock = () => after.now;
  const lanes: World['lanes'] = [
    await openIngest(restored, () => world.now),
    await openIngest(restored, () => world.now),
  ];
  const tally = {
    ...world.tally,
    sent: 0,
    batches: 0,
    counted: [],
    countedKeys: [],
    refused: new Map(),
    surprises: [],
  };
  const after: World = { ...world, database: restored, lanes, tally };
  for (const lane of lanes) lane.clock = clock;
  const [before] = await restored.sql<[{ views: number; top: number }]>`
    select count(*)::int as views, coalesce(max(batch), 0)::int as top from video_views`;
  try {
    await play(after, steps);
  } finally {
    for (const lane of lanes) await lane.close();
  }
  expect(tally.surprises).toEqual([]);
  const [now] = await restored.sql<[{ views: number; fresh: number }]>`
    select count(*)::int as views, count(*) filter (where batch > ${before.top})::int as fresh from video_views`;
  expect(now).toEqual({ views: before.views + tally.counted.length, fresh: tally.counted.length });
  expect(await restored.sql`select lane from ingest_lanes order by 1`).toEqual([{ lane: 1 }, { lane: 2 }]);
  await expectInvariants(restored.sql, after.now);
}

async function expectInvariants(sql: Sql, now: number): Promise<void> {
  const findings = await checkInvariants(sql, new Date(now), timeZone);
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
}
