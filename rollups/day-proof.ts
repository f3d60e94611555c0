// Proves one day of the reporting zone: its log is counted once more and compared with every aggregate that it went into, as
// far as the rollup had read it, in one snapshot. Reads only; what differs stays in the session's table day_differences.
import { allChannelsId, deletedVideosId } from '#channels/reserved-channels.ts';
import type { Fragment, Sql, Transaction } from '#db/client.ts';
import { readZone, refuseOtherZone } from '#db/reporting-zone.ts';
import type { DayDifference } from '#db/schema.ts';
import { addCounts } from './add-counts.ts';
import { clearBreakdownDifferences, compareBreakdowns, repairBreakdowns } from './breakdowns/breakdown-proof.ts';
import { type Day, isOfDay } from './day-bounds.ts';
import { clearDifferences, compareGrain, missingFrom } from './day-comparison.ts';
import type { Grain } from './grains.ts';
import { lockCursors } from './hold-cursors.ts';
import { aggregates, countByChannel, countByVideo, makeSlotTables } from './slot-counts.ts';
import { rebuildTopLists } from './top/rebuild-lists.ts';
import { clearViewerDifferences, compareViewers, repairViewers } from './viewers/viewer-proof.ts';

export type DayProof = {
  logViews: number;
  logBotViews: number;
  /**
   * Views of the day by table, as stored: what was merged once, and a channels' table without channel 0, which is `all_hours` and
   * `all_days` together with what was recorded for videos that were deleted.
   */
  found: Record<string, number>;
  differingBuckets: number;
  /** Views and bot views by which they differ, regardless of the sign. */
  differingViews: number;
  /** The first hundred. */
  differences: DayDifference[];
  /** Whether a month or a total differs by something else than the day does: another day may be wrong, or they are. */
  hasUnexplainedSums: boolean;
  /** The batch of each lane that the log was counted to. */
  provedTo: Record<string, number>;
};

export type ProofOptions = {
  /** Which grains to compare; all of them unless told. */
  only?: readonly Grain[];
  /** Called before each of the larger statements; tests throw or kill the process in it. */
  probe?: () => void;
};

const maxShown = 100;

/** Compares a day with its log. `sql` has one connection: the differences stay in its session. */
export async function proveDay(sql: Sql, day: Day, now: Date, options: ProofOptions = {}): Promise<DayProof> {
  const { only, probe = () => {} } = options;
  return sql.begin('isolation level repeatable read', async (tx) => {
    refuseOtherZone(day.timeZone, await readZone(tx));
    const { provedTo, latest } = await readCursors(tx, now);
    await makeSlotTables(tx);
    await clearDifferences(tx);
    await clearBreakdownDifferences(tx);
    await clearViewerDifferences(tx);
    probe();
    await countByVideo(tx, logOf(tx, day));
    probe();
    await countByChannel(tx);
    for (const { subject, grain } of aggregates) {
      if (only && !only.includes(grain)) continue;
      probe();
      await compareGrain(tx, subject, grain, day, latest);
    }
    if (!only || only.includes('day')) {
      for (const subject of ['video', 'channel'] as const) {
        probe();
        await compareBreakdowns(tx, subject, day);
        probe();
        await compareViewers(tx, subject, day);
      }
    }
    probe();
    return { ...(await summarise(tx)), provedTo };
  });
}

/**
 * Adds what the session's last proof found missing, and takes away what it found too much. Differences are added, never
 * values set: views that the rollup has added since stay.
 */
export async function repairDay(tx: Transaction, day: Day, now: Date, probe: () => void = () => {}): Promise<void> {
  const latest = await holdWhatDiffers(tx, now);
  for (const { subject, grain } of aggregates) {
    probe();
    await addCounts(tx, subject, grain, missingFrom(tx, subject, grain));
  }
  await repairBreakdowns(tx, probe);
  await repairViewers(tx, day, probe);
  probe();
  if (latest) await rebuildTopLists(tx, latest, day.timeZone);
}

/**
 * Keeps the ticks away where anything differs: viewers and lists are set right against what they are, and a tick that has the cursors
 * would wait for the rows that we write. Returns the latest time that a tick may have gone by.
 */
async function holdWhatDiffers(tx: Transaction, now: Date): Promise<Date | undefined> {
  const [found] = await tx<[{ some: boolean }]>`select exists(select from day_differences) as some`;
  if (!found.some) return undefined;
  const completeMs = await lockCursors(tx);
  return new Date(Math.max(now.getTime(), ...completeMs.map((ms) => ms ?? 0)));
}

/** How far the log was rolled up, and the latest time that a tick may have dropped minutes by. */
async function readCursors(tx: Transaction, now: Date): Promise<{ provedTo: Record<string, number>; latest: Date }> {
  const lanes = await tx<{ lane: string; batch: string; complete_ms: number | null }[]>`
    select lane::text as lane, batch::text as batch, (extract(epoch from complete_to) * 1000)::float8 as complete_ms
    from rollup_cursors order by rollup_cursors.lane`;
  return {
    provedTo: Object.fromEntries(lanes.map(({ lane, batch }) => [lane, Number(batch)])),
    latest: new Date(Math.max(now.getTime(), ...lanes.map(({ complete_ms }) => complete_ms ?? 0))),
  };
}

/** The log of a day, as far as it was rolled up. */
function logOf(tx: Transaction, day: Day): Fragment {
  return tx`
    (select *, 1 as times from counted_views) v join rollup_cursors r on r.lane = v.lane and v.batch <= r.batch
    where ${isOfDay(tx, tx`v.viewed_at`, day)}`;
}

async function summarise(tx: Transaction): Promise<Omit<DayProof, 'provedTo'>> {
  const [log] = await tx<[{ views: number; botViews: number }]>`
    with merged as (
      select sum(s.views) as views, sum(s.bot_views) as bot_views from video_slots s join videos k on k.id = s.video_id
      where k.removed_at is not null and k.merged_into is not null
    )
    select (coalesce(sum(s.views), 0) - coalesce((select views from merged), 0))::float8 as views,
      (coalesce(sum(s.bot_views), 0) - coalesce((select bot_views from merged), 0))::float8 as "botViews"
    from video_slots s`;
  const sums = await tx<{ name: string; buckets: number; excess: number; apart: number }[]>`
    select case when subject = 'video' then 'video' when owner = ${allChannelsId}::bigint then 'all'
        when owner = ${deletedVideosId}::bigint then 'deleted' else 'channel' end || '_' || grain || 's' as name,
      count(*)::float8 as buckets, sum(views - expected_views)::float8 as excess,
      sum(abs(views - expected_views) + abs(bot_views - expected_bot_views))::float8 as apart
    from day_differences group by 1`;
  const excess = new Map(sums.map((one) => [one.name, one.excess]));
  const foundIn = (subject: string, grain: string) => {
    const deleted = subject === 'video' ? 0 : (excess.get(`deleted_${grain}`) ?? 0);
    return [`${subject}_${grain}`, log.views + (excess.get(`${subject}_${grain}`) ?? 0) + deleted] as const;
  };
  return {
    logViews: log.views,
    logBotViews: log.botViews,
    found: Object.fromEntries(
      ['video', 'channel', 'all'].flatMap((subject) => ['hours', 'days'].map((grain) => foundIn(subject, grain))),
    ),
    differingBuckets: sums.reduce((sum, one) => sum + one.buckets, 0),
    differingViews: sums.reduce((sum, one) => sum + one.apart, 0),
    differences: await firstDifferences(tx),
    hasUnexplainedSums: await hasUnexplainedSums(tx),
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

async function hasUnexplainedSums(tx: Transaction): Promise<boolean> {
  const [found] = await tx<[{ some: boolean }]>`
    select exists(
      select from day_differences s
        left join day_differences d on d.subject = s.subject and d.owner = s.owner and d.grain = 'day'
      where s.grain in ('month', 'total')
        and (s.expected_views - s.views, s.expected_bot_views - s.bot_views)
          is distinct from (d.expected_views - d.views, d.expected_bot_views - d.bot_views)
    ) as some`;
  return found.some;
}
