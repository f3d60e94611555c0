// Sets one day right by its log, beside the ticks: its minutes, hours and days. The sums above come after (rebuild-sums.ts).

import type { Sql } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { ensureAggregatePartitions } from './aggregate-partitions.ts';
import { grainsOfTheDay, type Probe, repairAndRecord, stateOf } from './close-day.ts';
import { dayOf } from './day-bounds.ts';
import { type DayProof, proveDay, repairDay } from './day-proof.ts';
import { isFinalAt } from './final-day.ts';

export type RebuiltDay =
  | { status: 'proved'; proof: DayProof; isBalanced: boolean }
  /** A part of its log is gone: it stays as it is. */
  | { status: 'archived' };

/**
 * Adds to the aggregates of `day` what they lack by the log, today included. A day that is over gets its row in the ledger if it
 * differed. To be called with the close lock held; `sql` has one connection of its own.
 */
export async function rebuildDay(
  sql: Sql,
  day: string,
  timeZone: ReportingZone,
  now: Date,
  probe: Probe = () => {},
): Promise<RebuiltDay> {
  const bounds = await dayOf(sql, day, timeZone);
  const { completeTo, isArchived } = await stateOf(sql, bounds);
  if (isArchived) return { status: 'archived' };
  await ensureAggregatePartitions(sql, [shiftDay(day, -1), day, shiftDay(day, 1)], now);
  const startedAt = performance.now();
  const proof = await proveDay(sql, bounds, now, { only: grainsOfTheDay, probe });
  if (proof.differingBuckets === 0) return { status: 'proved', proof, isBalanced: true };
  const endsAt = Date.parse(bounds.to ?? '');
  if (Date.parse(completeTo ?? '') >= endsAt) {
    const isFinal = isFinalAt(Date.parse(completeTo ?? ''), endsAt);
    const run = { sql, now, startedAt, completeTo: completeTo ?? '', isFinal, probe };
    return { status: 'proved', proof, isBalanced: await repairAndRecord(run, bounds, proof, grainsOfTheDay) };
  }
  await sql.begin((tx) => repairDay(tx, bounds, now, probe));
  probe();
  const again = await proveDay(sql, bounds, now, { only: grainsOfTheDay, probe });
  return { status: 'proved', proof, isBalanced: again.differingBuckets === 0 };
}
