// Nights after random days, in odd zones and across their odd hours: every day is closed in order, every damage repaired.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { ensureWritablePartitions } from '#ingest/log-partitions.ts';
import { Recorder } from '#ingest/recorder.ts';
import { freshDatabase } from '#test/database.ts';
import { logView, rollUp } from '#test/factories.ts';
import { dayMs, hourMs, scenarioOf } from '#test/scenario.ts';
import { closeWorld, openWorld, play, type World } from '#test/world.ts';
import { closeDueDays, dueDays } from './close-due-days.ts';
import { findDifferences } from './differences.ts';

const runs = [
  { timeZone: 'UTC', instant: '2028-02-29T00:00Z' },
  { timeZone: 'Europe/Berlin', instant: '2026-10-25T01:00Z' },
  { timeZone: 'Europe/Berlin', instant: '2026-03-29T01:00Z' },
  { timeZone: 'Australia/Lord_Howe', instant: '2026-04-04T15:00Z' },
  { timeZone: 'Australia/Lord_Howe', instant: '2026-10-03T15:30Z' },
  { timeZone: 'Asia/Kathmandu', instant: '2026-12-31T18:15Z' },
  // A midnight that comes twice, and one that does not come.
  { timeZone: 'America/Havana', instant: '2026-11-01T05:00Z' },
  { timeZone: 'America/Santiago', instant: '2026-09-06T04:00Z' },
  // A zone that left a day out.
  { timeZone: 'Pacific/Apia', instant: '2011-12-30T10:00Z' },
];

test.each(runs)(
  'damaged days are closed and exact again in $timeZone around $instant',
  async ({ timeZone, instant }) => {
    const start = Date.parse(instant) - 18 * hourMs;
    const agrees = fc.asyncProperty(scenarioOf(40), fc.infiniteStream(fc.nat(3)), async (steps, amounts) => {
      const world = await openWorld(await freshDatabase(timeZone), timeZone, start);
      try {
        await play(world, steps);
        world.now += 2 * dayMs;
        await rollUp(world.database.sql, world.now, timeZone);
        await damage(world, () => amounts.next().value ?? 1);
        await expectClosed(world, await close(world));
      } finally {
        await closeWorld(world);
      }
    });
    await fc.assert(agrees, { numRuns: 1, seed: 20_261_124, endOnFailure: true });
  },
);

test('missed nights are caught up in order; a closed day is closed again a week later, for good', async () => {
  const world = await openWorld(await freshDatabase(), 'UTC', Date.parse('2026-03-10T12:00Z'));
  await play(world, [
    {
      do: 'send',
      batches: [
        {
          lane: 0,
          isBot: false,
          items: [0, 1, 2].map((days) => ({
            kind: 'fresh' as const,
            video: 0,
            viewer: 0,
            ageMs: days * dayMs,
            isMuted: false,
          })),
        },
      ],
    },
  ]);
  expect(await due(world)).toEqual(['2026-03-08', '2026-03-09']);
  world.now += dayMs;
  await rollUp(world.database.sql, world.now);
  expect((await close(world)).map(({ day }) => day)).toEqual(['2026-03-08', '2026-03-09', '2026-03-10']);
  expect(await due(world)).toEqual([]);
  world.now = Date.parse('2026-03-17T02:00Z');
  expect(await due(world)).toEqual(['2026-03-08', '2026-03-09']);
  await rollUp(world.database.sql, world.now);
  expect((await close(world)).map(({ closing }) => closing.status === 'closed' && closing.isFinal)).toEqual([
    true,
    true,
  ]);
  expect(await due(world)).toEqual([]);
  await closeWorld(world);
});

test('a day that was closed for good is due again once an import has added to it, until it is closed again', async () => {
  const world = await openWorld(await freshDatabase(), 'UTC', Date.parse('2026-03-10T12:00Z'));
  await importView(world, '2007-06-06T12:00Z');
  await importView(world, '2007-06-07T12:00Z');
  expect((await close(world)).map(({ closing }) => closing.status === 'closed' && closing.isFinal)).toEqual([
    true,
    true,
  ]);
  expect(await due(world)).toEqual([]);
  await importView(world, '2007-06-06T12:01Z');
  expect(await due(world)).toEqual(['2007-06-06']);
  expect(await close(world)).toMatchObject([
    { day: '2007-06-06', closing: { isFinal: true, isBalanced: true, proof: { logViews: 2, differingBuckets: 0 } } },
  ]);
  expect(await due(world)).toEqual([]);
  await closeWorld(world);
});

async function importView({ database: { url, sql }, now, timeZone }: World, at: string): Promise<void> {
  const [video] = await sql<[{ id: string }]>`select id from videos order by id limit 1`;
  await ensureWritablePartitions(sql, [at.slice(0, 10)], new Date(now));
  const importer = new Recorder(url, { kind: 'import' });
  const view = logView(Number(video.id) as VideoId, Date.parse(at), { receivedAt: now });
  expect(await importer.record([view])).toEqual([{ status: 'counted' }]);
  await importer.close();
  await rollUp(sql, now, timeZone);
}

function due({ database, timeZone, now }: World) {
  return dueDays(database.sql, timeZone, new Date(now));
}

async function close({ database, timeZone, now }: World) {
  const session = connect(database.url, { name: 'close', max: 1 });
  try {
    return await closeDueDays(session, timeZone, () => new Date(now));
  } finally {
    await session.end();
  }
}

/** Changes about every third row of every aggregate by up to three views, and loses some altogether. */
async function damage({ database: { sql } }: World, amount: () => number): Promise<void> {
  for (const table of ['video', 'channel'].flatMap((one) =>
    ['minutes', 'hours', 'days', 'months', 'totals'].map((grain) => `${one}_${grain}`),
  )) {
    const rows = await sql<
      { at: string; part: string }[]
    >`select ctid::text as at, tableoid::regclass::text as part from ${sql(table)} order by 2, 1`;
    for (const [i, { at, part }] of rows.entries()) {
      if (i % 7 === 3) await sql`delete from ${sql(part)} where ctid = ${at}::text::tid`;
      else if (i % 3 === 1)
        await sql`update ${sql(part)} set views = views + ${amount()}, bot_views = bot_views + ${amount()} where ctid = ${at}::text::tid`;
    }
  }
}

async function expectClosed(
  { database, timeZone, now }: World,
  closed: Awaited<ReturnType<typeof close>>,
): Promise<void> {
  expect(closed.length).toBeGreaterThan(2);
  expect(closed.map(({ day }) => day)).toEqual(closed.map(({ day }) => day).toSorted());
  expect(closed.map(({ closing }) => closing.status === 'closed' && closing.isBalanced)).toEqual(
    closed.map(() => true),
  );
  expect(closed.some(({ closing }) => closing.status === 'closed' && closing.proof.differingBuckets > 0)).toBe(true);
  expect(await findDifferences(database.sql, new Date(now), timeZone)).toEqual([]);
}
