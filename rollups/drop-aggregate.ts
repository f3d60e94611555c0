import type { Sql, Transaction } from '#db/client.ts';
import { dropPartition } from '#db/partitions.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { proveSpans } from './proved-days.ts';
import { heldBack, isProved, type PlannedDrop } from './retention-plan.ts';

export type AggregateDrop = { status: 'dropped'; rows: number } | { status: 'kept'; because: string };

/** Drops a partition that is due, in one transaction with its receipt in retention_drops. */
export async function dropAggregate(
  sql: Sql,
  { table, partition, policy }: PlannedDrop,
  timeZone: ReportingZone,
  now: Date,
): Promise<AggregateDrop> {
  let outcome: AggregateDrop = { status: 'kept', because: 'it is gone already' };
  await dropPartition(sql, partition, async (tx) => {
    // Asked again: views may have been added to its days since it was planned.
    const [proof] = isProved(policy) ? await proveSpans(tx, [partition], timeZone) : [];
    const because = proof && heldBack(proof);
    outcome = because
      ? { status: 'kept', because }
      : { status: 'dropped', rows: await writeReceipt(tx, table.table, partition, now) };
    return outcome.status === 'dropped';
  });
  return outcome;
}

/** Of an empty partition nothing is lost: without a receipt it may be made again, for an import. */
async function writeReceipt(
  tx: Transaction,
  table: string,
  { name, from, to }: PlannedDrop['partition'],
  now: Date,
): Promise<number> {
  const [receipt] = await tx<{ rows: number }[]>`
    with counted as (select count(*) as rows from ${tx(name)})
    insert into retention_drops (table_name, partition, from_day, to_day, rows, bytes, dropped_at)
    select ${table}, ${name}, ${from}::text::date, ${to}::text::date, rows, pg_total_relation_size(${name}::text::regclass),
      ${now.toISOString()}::text::timestamptz
    from counted where rows > 0
    returning rows::float8 as rows`;
  return receipt?.rows ?? 0;
}
