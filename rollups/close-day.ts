// The nightly close of one day: prove it, repair what differs, prove it again, and write the ledger. Writes day_closings and,
// through addCounts, the aggregates.
import type { Sql, Transaction } from '#db/client.ts';
import { withCloseLock } from './close-lock.ts';
import { type DayProof, type Probe, proveDay, repairDay } from './day-proof.ts';
import { hasWholeLog, zoned } from './whole-log.ts';

export type Closing =
  | { status: 'closed'; proof: DayProof; isBalanced: boolean; isFinal: boolean }
  /** Another process closes at the moment. */
  | { status: 'busy' }
  /** The rollup has not read all of the day yet. */
  | { status: 'behind' }
  /** The log of the day, or of a part of it, is archived: there is nothing to prove it by. */
  | { status: 'archived' };

// No view can be accepted any more once its day has been over for so long: seven days, and the skew that clocks may have.
const acceptedForMs = 7 * 86_400_000 + 3_600_000;

/**
 * Closes `day` (YYYY-MM-DD of the reporting zone). `sql` has one connection of its own. Killed anywhere it leaves nothing
 * half done: repairs and the ledger's row commit together, and the next close starts anew.
 */
export async function closeDay(
  sql: Sql,
  day: string,
  timeZone: string,
  now: Date,
  probe: Probe = () => {},
): Promise<Closing> {
  return (await withCloseLock(sql, () => closeLocked(sql, day, timeZone, now, probe))) ?? { status: 'busy' };
}

async function closeLocked(sql: Sql, day: string, timeZone: string, now: Date, probe: Probe): Promise<Closing> {
  const startedAt = performance.now();
  if (await isArchived(sql, day, timeZone)) return { status: 'archived' };
  const proof = await proveDay(sql, day, timeZone, now, probe);
  const endsAt = await endOf(sql, day, timeZone);
  const completeTo = Date.parse(proof.completeTo ?? '');
  if (!(completeTo >= endsAt)) return { status: 'behind' };
  const isFinal = completeTo >= endsAt + acceptedForMs;
  const [{ id }] = await sql.begin(async (tx) => {
    await repairDay(tx, probe);
    probe();
    return writeClosing(tx, day, proof, { now, isFinal, durationMs: performance.now() - startedAt });
  });
  probe();
  if (proof.differingBuckets === 0) return { status: 'closed', proof, isBalanced: true, isFinal };
  const again = await proveDay(sql, day, timeZone, now, probe);
  const isBalanced = again.differingBuckets === 0;
  probe();
  await sql`update day_closings set is_balanced = ${isBalanced} where id = ${id}`;
  return { status: 'closed', proof, isBalanced, isFinal };
}

async function isArchived(sql: Sql, day: string, timeZone: string): Promise<boolean> {
  const [row] = await sql<[{ whole: boolean }]>`
    select ${hasWholeLog(sql, ...zoned(sql, sql`${day}::text::date`, timeZone, '1 day'))} as whole`;
  return !row.whole;
}

async function endOf(sql: Sql, day: string, timeZone: string): Promise<number> {
  const [row] = await sql<[{ ms: number }]>`
    select (extract(epoch from (${day}::text::date + 1)::timestamp at time zone ${timeZone}::text) * 1000)::float8 as ms`;
  return row.ms;
}

type Circumstances = { now: Date; isFinal: boolean; durationMs: number };

/** Until the second proof a day that was repaired counts as unbalanced: should we be killed before, the next night looks again. */
function writeClosing(tx: Transaction, day: string, proof: DayProof, { now, isFinal, durationMs }: Circumstances) {
  return tx<[{ id: string }]>`
    insert into day_closings (day, closed_at, duration_ms, log_views, log_bot_views, found, differing_buckets, differing_views,
      repairs, is_balanced, proved_to, complete_to, is_final)
    values (${day}::text::date, ${now.toISOString()}::text::timestamptz, ${Math.round(durationMs)}, ${proof.logViews}, ${proof.logBotViews},
      ${JSON.stringify(proof.found)}::text::jsonb, ${proof.differingBuckets}, ${proof.differingViews},
      ${JSON.stringify(proof.differences)}::text::jsonb, ${proof.differingBuckets === 0}, ${JSON.stringify(proof.provedTo)}::text::jsonb,
      ${proof.completeTo}::text::timestamptz, ${isFinal})
    returning id::text as id`;
}
