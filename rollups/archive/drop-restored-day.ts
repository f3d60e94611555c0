import type { Sql } from '#db/client.ts';
import { dropPartition, type Partition } from '#db/partitions.ts';
import type { LogDrop } from './drop-log-day.ts';
import { findArchive } from './find-archive.ts';
import { summaryOf } from './log-summary.ts';
import { faultOf } from './read-archive.ts';

/** Drops the log of a restored day once more. Nothing is written, so its file has to be as it was. */
export async function dropRestoredDay(sql: Sql, partition: Partition, folder: string | undefined): Promise<LogDrop> {
  const archive = await findArchive(sql, partition.from);
  if (!archive?.file || !archive.restoredAt) return { status: 'kept', because: 'it is not restored any more' };
  if (!folder) return { status: 'kept', because: 'ARCHIVE_DIR is not set, so its file cannot be looked for' };
  const fault = await faultOf(folder, archive.file);
  if (fault) return { status: 'kept', because: fault };
  const isDropped = await dropPartition(sql, partition, async (tx) => {
    const { views, botViews } = await summaryOf(tx, partition.name);
    if (views !== archive.views || botViews !== archive.botViews) return false;
    await tx`update log_archives set restored_at = null where day = ${partition.from}::text::date`;
    return true;
  });
  if (!isDropped) return { status: 'kept', because: 'it does not hold what its file does' };
  return { status: 'dropped', rows: archive.views, fileName: archive.file.fileName };
}
