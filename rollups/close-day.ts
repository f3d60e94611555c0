// The nightly close of one day: prove it, repair what differs, prove it again, and write the ledger. Writes day_closings and,
// through addCounts, the aggregates.

import type { Sql, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { withCloseLock } from './close-lock.ts';
import { type Day, dayOf } from './day-bounds.ts';
import { type DayProof, proveDay, repairDay } from './day-proof.ts';
import { isFinalAt } from './final-day.ts';
import type { Grain } from './grains.ts';
import { keptDays } from './kept-days.ts';
import { sketchViewers } from './viewers/sketch-viewers.ts';
import { hasWholeLog } from './whole-log.ts';

export type Closing =
  | { status: 'closed'; proof: DayProof; isBalanced: boolean; isFinal: boolean }
  /** Another process closes at the moment. */
  | { status: 'busy' }
  /** The day is not over, or the rollup has not read all of it yet. */
  | { status: 'behind' }
  /** A part of its log was archived: there is nothing whole to hold the aggregates against. */
  | { status: 'archived' };

/** Called before each of the larger statements; tests throw or kill the process in it. */
export type Probe = () => void;

export const grainsOfTheDay: readonly Grain[] = ['minute', 'hour', 'day'];

/**
 * Closes `day` (YYYY-MM-DD of the reporting zone). `sql` has one connection of its own. Killed anywhere it leaves nothing
 * half done: repairs and the ledger's row commit together, and the next close starts anew.
 */
export async function closeDay(
  sql: Sql,
  day: string,
  timeZone: ReportingZone,
  now: Date,
  probe: Probe = () => {},
): Promise<Closing> {
  const closing = await withCloseLock(sql, async () => closeLocked(sql, await dayOf(sql, day, timeZone), now, probe));
  return closing ?? { status: 'busy' };
}

async function closeLocked(sql: Sql, day: Day, now: Date, probe: Probe): Promise<Closing> {
  const { completeTo, isArchived } = await stateOf(sql, day);
  if (isArchived) return { status: 'archived' };
  const endsAt = Date.parse(day.to ?? '');
  if (!(Date.parse(completeTo ?? '') >= endsAt)) return { status: 'behind' };
  const isFinal = isFinalAt(Date.parse(completeTo ?? ''), endsAt);
  const run: Run = { sql, now, startedAt: performance.now(), completeTo: completeTo ?? '', isFinal, probe };
  let proof = await proveDay(sql, day, now, { probe });
  if (proof.hasUnexplainedSums) {
    // A month or total that is not the sum of what lies below may be right, and another day wrong: those come first.
    await closeOtherDays(run, day);
    proof = await proveDay(sql, day, now, { probe });
  }
  return { status: 'closed', proof, isBalanced: await repairAndRecord(run, day, proof), isFinal };
}

export type Run = { sql: Sql; now: Date; startedAt: number; completeTo: string; isFinal: boolean; probe: Probe };

/** Proves and repairs the minutes, hours and days of every other day that is over, and records those that differed. */
async function closeOtherDays(run: Run, { day: closing, timeZone }: Day): Promise<void> {
  const { sql, now, completeTo, probe } = run;
  for (const other of await keptDays(sql, timeZone)) {
    if (other === closing) continue;
    const day = await dayOf(sql, other, timeZone);
    const { isArchived } = await stateOf(sql, day);
    const endsAt = Date.parse(day.to ?? '');
    if (isArchived || !(Date.parse(completeTo) >= endsAt)) continue;
    const startedAt = performance.now();
    const proof = await proveDay(sql, day, now, { only: grainsOfTheDay, probe });
    const isFinal = isFinalAt(Date.parse(completeTo), endsAt);
    if (proof.differingBuckets > 0) await repairAndRecord({ ...run, startedAt, isFinal }, day, proof, grainsOfTheDay);
  }
}

/** Repairs what the proof found and writes the ledger's row; whether a second proof then finds nothing. */
export async function repairAndRecord(run: Run, day: Day, proof: DayProof, only?: readonly Grain[]): Promise<boolean> {
  const { sql, now, probe } = run;
  const [{ id }] = await sql.begin(async (tx) => {
    await repairDay(tx, day, now, probe);
    probe();
    await sketchViewers(tx, day.day);
    probe();
    return writeClosing(tx, day, proof, run);
  });
  probe();
  if (proof.differingBuckets === 0) return true;
  const again = await proveDay(sql, day, now, { only, probe });
  const isBalanced = again.differingBuckets === 0;
  probe();
  await sql`update day_closings set is_balanced = ${isBalanced} where id = ${id}`;
  return isBalanced;
}

export async function stateOf(
  sql: Sql,
  { from, to }: Day,
): Promise<{ completeTo: string | null; isArchived: boolean }> {
  const [row] = await sql<[{ complete_to: string | null; is_archived: boolean }]>`
    select (select case when bool_and(complete_to is not null)
        then to_char(min(complete_to) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end from rollup_cursors) as complete_to,
      not ${hasWholeLog(sql, sql`${from}::text::timestamptz`, sql`${to}::text::timestamptz`)} as is_archived`;
  return { completeTo: row.complete_to, isArchived: row.is_archived };
}

/** Until the second proof a day that was repaired counts as unbalanced: should we be killed before, the next night looks again. */
function writeClosing(tx: Transaction, { day }: Day, proof: DayProof, { now, startedAt, completeTo, isFinal }: Run) {
  return tx<[{ id: string }]>`
    insert into day_closings (day, closed_at, duration_ms, log_views, log_bot_views, found, differing_buckets, differing_views,
      repairs, is_balanced, proved_to, complete_to, is_final)
    values (${day}::text::date, ${now.toISOString()}::text::timestamptz,
      ${Math.round(performance.now() - startedAt)}, ${proof.logViews}, ${proof.logBotViews},
      ${JSON.stringify(proof.found)}::text::jsonb, ${proof.differingBuckets}, ${proof.differingViews},
      ${JSON.stringify(proof.differences)}::text::jsonb, ${proof.differingBuckets === 0}, ${JSON.stringify(proof.provedTo)}::text::jsonb,
      ${completeTo}::text::timestamptz, ${isFinal})
    returning id::text as id`;
}
