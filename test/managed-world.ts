// A world whose videos are moved, merged and deleted while it is played, and what must hold of it whatever was done.
import fc from 'fast-check';
import { expect } from 'vitest';
import { connect } from '#db/client.ts';
import { utcDay } from '#db/day.ts';
import { partitionedTables, partitionOf } from '#db/partitions.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { parseTableQuery } from '#reports/table-query.ts';
import { videoTable } from '#reports/video-table.ts';
import { checkInvariants } from '#rollups/checker.ts';
import { closeDay } from '#rollups/close-day.ts';
import { minutesKeptFrom } from '#rollups/grains.ts';
import { keptDays } from '#rollups/kept-days.ts';
import { freshDatabase } from './database.ts';
import { rollUp } from './factories.ts';
import { type CountedView, expectedLedger, type Ledger, storedLedger } from './recount.ts';
import { dayMs, scenarioOf } from './scenario.ts';
import { openWorld, play, type World } from './world.ts';

const batchesOfPart = 25;

/** Random days of two processes with duplicates and late views, rolled up; the log of one of them is archived if told. */
export async function playedWorld(timeZone: string, instant: string, seed: number, isArchived = false): Promise<World> {
  const world = await openWorld(await freshDatabase(timeZone), timeZone, Date.parse(instant));
  await playOn(world, seed);
  if (isArchived) await archiveDay(world, utcDay(new Date(world.now - 2 * dayMs)));
  return world;
}

/** Further steps; the rollup has read everything afterwards. */
export async function playOn(world: World, seed: number): Promise<void> {
  const [steps = []] = fc.sample(scenarioOf(batchesOfPart), { numRuns: 1, seed });
  await play(world, steps);
}

/** Drops the log of a day as retention does. */
async function archiveDay(world: World, day: string): Promise<void> {
  const { sql } = world.database;
  world.archivedDay = day;
  await sql.begin(async (tx) => {
    const { name } = partitionOf(partitionedTables.videoViews, day);
    const gone = await tx`
      insert into log_archives (day, views, archived_at) select ${day}::text::date, count(*), now() from ${tx(name)}
      having count(*) > 0`;
    expect(gone.count).toBe(1);
    await tx`drop table ${tx(name)}`;
  });
}

/**
 * The aggregates are what they would be had each view been recorded as the views that `countsAs` makes of it; with the channel null
 * for the rows of its video alone.
 */
export async function expectCounts(
  world: World,
  countsAs: (view: CountedView) => (Omit<CountedView, 'channel'> & { channel: string | null })[],
): Promise<void> {
  const { database, timeZone, now, tally } = world;
  expect(tally.surprises).toEqual([]);
  const minutesFrom = Date.parse(minutesKeptFrom(new Date(now)));
  const counted = tally.counted.flatMap(countsAs).map((view) => ({ ...view, channel: view.channel ?? alone }));
  const inChannels = counted.filter(({ channel }) => channel !== alone);
  const expected = {
    ...onlyOf('video', expectedLedger(counted, timeZone, minutesFrom)),
    ...onlyOf('channel', expectedLedger(inChannels, timeZone, minutesFrom)),
  };
  expect(await storedLedger(database.sql, minutesFrom)).toEqual(expected);
}

const alone = 'alone';

function onlyOf(subject: 'video' | 'channel', ledger: Ledger): Ledger {
  return Object.fromEntries(Object.entries(ledger).filter(([key]) => key.startsWith(`${subject} `)));
}

/** What the table of a channel (or of all) lists sums to what the channel says. */
export async function expectListed(
  { database, now, timeZone }: World,
  channel: string | undefined,
  keys: string[],
): Promise<void> {
  const query = parseTableQuery({ channel });
  const { rows, total, inAll } = await videoTable(database.db, 'all', query, new Date(now), timeZone);
  expect(rows.map(({ key }) => key).sort()).toEqual(keys);
  expect(total).toBe(keys.length);
  expect(rows.reduce((sum, { people }) => sum + people, 0)).toBe(inAll?.people);
}

/** The checker finds nothing, and a close of every day finds no difference; two days later, when the last of them is over. */
export async function expectProof(world: World): Promise<void> {
  const { database, timeZone, now } = world;
  const findings = await checkInvariants(database.sql, new Date(now), timeZone);
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  world.now += 2 * dayMs;
  const later = new Date(world.now);
  await ensureLivePartitions(database.sql, later);
  await rollUp(database.sql, later, timeZone);
  const session = connect(database.url, { name: 'close', max: 1 });
  try {
    for (const day of await keptDays(database.sql, timeZone)) {
      const closing = await closeDay(session, day, timeZone, later);
      if (closing.status === 'archived') continue;
      expect(closing).toMatchObject({ status: 'closed', isBalanced: true, proof: { differences: [] } });
    }
  } finally {
    await session.end({ timeout: 2 });
  }
}
