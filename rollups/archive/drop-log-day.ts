// Archives one UTC day of the log and drops it: the file first, if there is a place for it, then record and drop in one transaction.
// Killed anywhere it leaves the log, or the record with its file.

import type { Sql, Transaction } from '#db/client.ts';
import { dropPartition, type Partition } from '#db/partitions.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { proveSpans } from '../proved-days.ts';
import { heldBack, notClosed, type PlannedDrop } from '../retention-plan.ts';
import { type LogSummary, summaryOf } from './log-summary.ts';
import { faultOf } from './read-archive.ts';
import { type Probe, type WrittenArchive, writeArchive } from './write-archive.ts';

export type LogDrop =
  | { status: 'dropped'; rows: number; fileName: string | null }
  | { status: 'kept'; because: string };

export type LogArchives = {
  /** Of a database that takes one more session. */
  url: string;
  /** Where files go; undefined: nothing is written, and what is dropped is gone. */
  folder: string | undefined;
};

/** Drops a day that is due, unless somebody wrote to it meanwhile. */
export async function dropLogDay(
  sql: Sql,
  { partition }: PlannedDrop,
  archives: LogArchives,
  timeZone: ReportingZone,
  now: Date,
  probe: Probe = () => {},
): Promise<LogDrop> {
  if (await isEmpty(sql, partition)) return dropEmptyDay(sql, partition);
  const file = archives.folder ? await writeArchive(archives.url, partition, archives.folder, probe) : undefined;
  const fault = file && archives.folder ? await faultOf(archives.folder, file) : undefined;
  if (fault) return { status: 'kept', because: fault };
  await probe();
  let outcome: LogDrop = { status: 'kept', because: 'it is gone already' };
  await dropPartition(sql, partition, async (tx) => {
    const found = await summaryOf(tx, partition.name);
    const because = (await whyNot(tx, partition, found, file)) ?? (await unproved(tx, partition, timeZone));
    if (because) outcome = { status: 'kept', because };
    else outcome = { status: 'dropped', rows: found.views, fileName: file?.fileName ?? null };
    if (because) return false;
    await probe();
    await writeRecord(tx, partition, found, file, now);
    await probe();
    return true;
  });
  await probe();
  return outcome;
}

/** Without a record: should views of that day be imported once, its partition is made again. */
async function dropEmptyDay(sql: Sql, partition: Partition): Promise<LogDrop> {
  const isDropped = await dropPartition(sql, partition, (tx) => isEmpty(tx, partition));
  return isDropped
    ? { status: 'dropped', rows: 0, fileName: null }
    : { status: 'kept', because: 'it was written to just now' };
}

async function isEmpty(sql: Sql | Transaction, { name }: Partition): Promise<boolean> {
  const [row] = await sql<[{ empty: boolean }]>`select not exists(select from ${sql(name)}) as empty`;
  return row.empty;
}

/** What the ledger cannot know of: views that came after the file was written, or that the rollup has not read. */
async function whyNot(
  tx: Transaction,
  { name }: Partition,
  found: LogSummary,
  file: WrittenArchive | undefined,
): Promise<string | undefined> {
  const isSame = (key: keyof LogSummary) => !file || file[key] === found[key];
  if (!isSame('views') || !isSame('botViews') || !isSame('lastBatch')) return 'it was written to while it was archived';
  const [unread] = await tx<[{ some: boolean }]>`
    select exists(
      select from ${tx(name)} v left join rollup_cursors r using (lane) where v.batch > coalesce(r.batch, 0)) as some`;
  return unread.some ? 'the rollup has not read all of it' : undefined;
}

/** Asked again, of the ledger as it is now. */
async function unproved(tx: Transaction, partition: Partition, timeZone: ReportingZone): Promise<string | undefined> {
  const [proof] = await proveSpans(tx, [partition], timeZone);
  if (!proof) throw new Error('A span without a proof.');
  return proof.unclosed.length > 0 ? notClosed(proof.unclosed) : heldBack(proof);
}

async function writeRecord(
  tx: Transaction,
  { from }: Partition,
  { views, botViews }: LogSummary,
  file: WrittenArchive | undefined,
  now: Date,
): Promise<void> {
  await tx`
    insert into log_archives (day, views, bot_views, archived_at, file_name, bytes, sha256)
    values (${from}::text::date, ${views}, ${botViews}, ${now.toISOString()}::text::timestamptz,
      ${file?.fileName ?? null}, ${file?.bytes ?? null}, ${file?.sha256 ?? null})`;
}
