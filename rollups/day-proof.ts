// Proves one day of the reporting zone: its log is counted once more and compared with every aggregate that it went into, as
// far as the rollup had read it, in one snapshot. Reads only; what differs stays in the session's table day_differences.
import type { Fragment, Sql, Transaction } from '#db/client.ts';
import type { DayDifference } from '#db/schema.ts';
import { addCounts } from './add-counts.ts';
import { clearDifferences, compareGrain, type Day, missingFrom } from './day-comparison.ts';
import { grains } from './grains.ts';
import { countByChannel, countByVideo, makeSlotTables, subjects } from './slot-counts.ts';

export type DayProof = {
  logViews: number;
  logBotViews: number;
  /** Views of the day by table, as stored; a channels' table without channel 0, which is `all_hours` and `all_days`. */
  found: Record<string, number>;
  differingBuckets: number;
  /** Views and bot views by which they differ, regardless of the sign. */
  differingViews: number;
  /** The first hundred. */
  differences: DayDifference[];
  /** The batch of each lane that the log was counted to. */
  provedTo: Record<string, number>;
  /** Everything acknowledged before it was counted; null where a lane was never rolled up. */
  completeTo: string | null;
};

/** Called before each statement; tests throw or kill the process in it. */
export type Probe = () => void;

const maxShown = 100;

/** Compares a day (YYYY-MM-DD) with its log. `sql` has one connection: the differences stay in its session. */
export async function proveDay(
  sql: Sql,
  day: string,
  timeZone: string,
  now: Date,
  probe: Probe = () => {},
): Promise<DayProof> {
  return sql.begin('isolation level repeatable read', async (tx) => {
    const bounds = await boundsOf(tx, day, timeZone);
    const cursors = await readCursors(tx);
    await makeSlotTables(tx);
    await clearDifferences(tx);
    probe();
    await countByVideo(tx, logOf(tx, bounds));
    probe();
    await countByChannel(tx);
    for (const subject of subjects) {
      for (const grain of grains) {
        probe();
        await compareGrain(tx, subject, grain, bounds, now);
      }
    }
    probe();
    return { ...(await summarise(tx)), ...cursors };
  });
}

/**
 * Adds what the session's last proof found missing, and takes away what it found too much. Differences are added, never
 * values set: views that the rollup has added since stay.
 */
export async function repairDay(tx: Transaction, probe: Probe = () => {}): Promise<void> {
  for (const subject of subjects) {
    for (const grain of grains) {
      probe();
      await addCounts(tx, subject, grain, missingFrom(tx, subject, grain));
    }
  }
}

/** Where a day begins is asked of the zone: some days begin at one o'clock, and some midnights come twice. */
async function boundsOf(tx: Transaction, day: string, timeZone: string): Promise<Day> {
  const [found] = await tx<[{ from: string; to: string }]>`
    with starts as (
      select (select min(t) from generate_series(
          date::timestamp at time zone ${timeZone}::text - interval '3 hours',
          date::timestamp at time zone ${timeZone}::text + interval '3 hours', '15 minutes') t
        where (t at time zone ${timeZone}::text)::date = date) as at
      from (values (${day}::text::date), (${day}::text::date + 1)) v(date)
    )
    select min(at)::text as from, max(at)::text as to from starts`;
  return { day, timeZone, ...found };
}

async function readCursors(tx: Transaction): Promise<Pick<DayProof, 'provedTo' | 'completeTo'>> {
  const lanes = await tx<{ lane: string; batch: string; complete_to: string | null }[]>`
    select lane::text as lane, batch::text as batch,
      to_char(complete_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as complete_to
    from rollup_cursors order by rollup_cursors.lane`;
  const times = lanes.map((one) => one.complete_to);
  return {
    provedTo: Object.fromEntries(lanes.map(({ lane, batch }) => [lane, Number(batch)])),
    completeTo: times.includes(null) ? null : (times.toSorted()[0] ?? null),
  };
}

/** The log of a day, as far as it was rolled up. */
function logOf(tx: Transaction, { from, to }: Day): Fragment {
  return tx`
    video_views v join rollup_cursors r on r.lane = v.lane and v.batch <= r.batch
    where v.viewed_at >= ${from}::text::timestamptz and v.viewed_at < ${to}::text::timestamptz`;
}

async function summarise(tx: Transaction): Promise<Omit<DayProof, 'provedTo' | 'completeTo'>> {
  const [log] = await tx<[{ views: number; botViews: number }]>`
    select coalesce(sum(views), 0)::float8 as views, coalesce(sum(bot_views), 0)::float8 as "botViews" from video_slots`;
  const sums = await tx<{ name: string; buckets: number; excess: number; apart: number }[]>`
    select case when subject = 'channel' and owner = 0 then 'all' else subject end || '_' || grain || 's' as name,
      count(*)::float8 as buckets, sum(views - expected_views)::float8 as excess,
      sum(abs(views - expected_views) + abs(bot_views - expected_bot_views))::float8 as apart
    from day_differences group by 1`;
  const excess = new Map(sums.map((one) => [one.name, one.excess]));
  const names = ['video', 'channel', 'all'].flatMap((subject) => [`${subject}_hours`, `${subject}_days`]);
  return {
    logViews: log.views,
    logBotViews: log.botViews,
    found: Object.fromEntries(names.map((name) => [name, log.views + (excess.get(name) ?? 0)])),
    differingBuckets: sums.reduce((sum, one) => sum + one.buckets, 0),
    differingViews: sums.reduce((sum, one) => sum + one.apart, 0),
    differences: await firstDifferences(tx),
  };
}

function firstDifferences(tx: Transaction): Promise<DayDifference[]> {
  return tx<DayDifference[]>`
    select subject || '_' || grain || 's' as table, owner::float8 as owner, bucket,
      views::float8 as views, expected_views::float8 as "expectedViews",
      bot_views::float8 as "botViews", expected_bot_views::float8 as "expectedBotViews"
    from day_differences
    order by day_differences.subject, day_differences.grain, day_differences.owner, day_differences.bucket
    limit ${maxShown}`;
}
