// What retention would do now, partition by partition, and why. Reads the ledger and the catalogue, never the log.

import type { Sql, Transaction } from '#db/client.ts';
import { listPartitions, type Partition, type PartitionedTable } from '#db/partitions.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { proveSpans, type SpanProof } from './proved-days.ts';
import type { RetentionPolicy } from './retention-policies.ts';

export type PlannedDrop = {
  policy: RetentionPolicy;
  table: PartitionedTable;
  partition: Partition;
  /** From this date (UTC) on it is too old; at the earliest, where it is held back. */
  dueOn: string;
  /** Why it stays although it is too old, or would stay; undefined when nothing holds it back. */
  heldBecause: string | undefined;
  /** Since when an archived day's log is there again. */
  restoredAt: string | undefined;
};

const restoredForDays = 7;
const dayMs = 86_400_000;

/** Every partition that a policy does not keep for ever, oldest first within its table. */
export async function planRetention(
  sql: Sql | Transaction,
  policies: RetentionPolicy[],
  timeZone: ReportingZone,
): Promise<PlannedDrop[]> {
  const restored = await restoredDays(sql);
  const planned: PlannedDrop[] = [];
  for (const policy of policies.filter(({ keptDays }) => keptDays !== null)) {
    for (const table of policy.partitioned) {
      planned.push(...(await planTable(sql, policy, table, restored, timeZone)));
    }
  }
  return planned;
}

/** Whether a partition that is due on a date is due at `now`. */
export function isTooOld(dueOn: string, now: Date): boolean {
  return dueOn <= now.toISOString().slice(0, 10);
}

/** Why the ledger does not let go of a partition; undefined when every view of its days is proved. */
export function heldBack(proof: SpanProof): string | undefined {
  if (proof.unclosedWithViews.length > 0) return notClosed(proof.unclosedWithViews);
  if (proof.unbalanced.length > 0) return `${daysText(proof.unbalanced)} not balanced`;
  if (proof.changed.length > 0) return `${daysText(proof.changed)} changed since the last closing`;
  if (proof.open.length > 0) return `${daysText(proof.open)} not closed for good`;
  return undefined;
}

export function notClosed(days: string[]): string {
  return `${daysText(days)} not closed yet`;
}

async function planTable(
  sql: Sql | Transaction,
  policy: RetentionPolicy,
  table: PartitionedTable,
  restored: Map<string, string>,
  timeZone: ReportingZone,
): Promise<PlannedDrop[]> {
  const partitions = await listPartitions(sql, table);
  const proofs = isProved(policy) ? await proveSpans(sql, partitions, timeZone) : [];
  return partitions.map((partition, i) => {
    const proof = proofs[i];
    const restoredAt = policy.fact === 'view log' ? restored.get(partition.from) : undefined;
    if (restoredAt) {
      const dueOn = shiftDate(restoredAt.slice(0, 10), restoredForDays);
      return { policy, table, partition, restoredAt, dueOn, heldBecause: undefined };
    }
    // A partition that is not over, and one that nothing was written to, are as young as their end.
    const written = [partition.to, proof?.writtenBy?.slice(0, 10) ?? ''].sort().at(-1) ?? '';
    const dueOn = shiftDate(written, policy.keptDays ?? 0);
    return { policy, table, partition, restoredAt, dueOn, heldBecause: proof && heldBack(proof) };
  });
}

/** Minutes and refusals are no part of what a closing proves for good: they go by the clock alone. */
export function isProved({ fact }: RetentionPolicy): boolean {
  return ['view log', 'hours', 'viewers', 'breakdowns'].includes(fact);
}

async function restoredDays(sql: Sql | Transaction): Promise<Map<string, string>> {
  const rows = await sql<{ day: string; at: string }[]>`
    select day::text as day, to_char(restored_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from log_archives where restored_at is not null`;
  return new Map(rows.map(({ day, at }) => [day, at]));
}

function daysText(days: string[]): string {
  const [first, ...more] = days;
  return more.length === 0
    ? `${first} is`
    : `${first} and ${more.length} more ${more.length === 1 ? 'day' : 'days'} are`;
}

function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
}
