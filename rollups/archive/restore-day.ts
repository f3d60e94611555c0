// Brings an archived day's log back as it was, with its lanes and batches: the cursors are past them, so it is proved again and never
// counted again. The file is checked first; the rows are loaded apart and attached whole.
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import type { Sql, Transaction } from '#db/client.ts';
import { attachFilled, partitionedTables, partitionOf } from '#db/partitions.ts';
import { archivedLogConstraint } from '#ingest/failure.ts';
import { type Archive, findArchive } from './find-archive.ts';
import { summaryOf } from './log-summary.ts';
import { type ArchiveFile, faultOf } from './read-archive.ts';

export type Restored = { status: 'restored'; views: number } | { status: 'refused'; because: string };

const { videoViews } = partitionedTables;
// Characters that no JSON text holds as they are: so CSV passes its lines on untouched.
const asLines = `(format csv, quote e'\\x01', delimiter e'\\x02')`;

/** Restores a UTC day from its file in `folder`. `sql` has one connection of its own. Killed anywhere, the day is archived as before. */
export async function restoreDay(sql: Sql, day: string, folder: string | undefined, now: Date): Promise<Restored> {
  const archive = await findArchive(sql, day);
  const because = whyNot(archive, folder);
  if (because || !archive?.file || !folder) return { status: 'refused', because: because ?? 'it has no file' };
  const fault = await faultOf(folder, archive.file);
  if (fault) return { status: 'refused', because: fault };
  const partition = partitionOf(videoViews, day);
  const loaded = `${partition.name}_restored`;
  await sql.begin((tx) => load(tx, loaded, folder, archive));
  // Apart from the load: it only holds off those who change videos, not those who make them.
  await sql`alter table ${sql(loaded)} validate constraint video_views_video_id_fkey`;
  const isAttached = await attachFilled(sql, videoViews, partition, loaded, (tx) => markRestored(tx, day, now));
  if (!isAttached) return { status: 'refused', because: 'it is restored already' };
  return { status: 'restored', views: archive.views };
}

function whyNot(archive: Archive | undefined, folder: string | undefined): string | undefined {
  if (!archive) return 'its log was not archived';
  if (archive.restoredAt) return 'it is restored already';
  if (!archive.file) return 'nothing was written when it was dropped: ARCHIVE_DIR was not set';
  if (!folder) return 'ARCHIVE_DIR is not set';
  return undefined;
}

async function load(tx: Transaction, table: string, folder: string, { views, botViews, file }: Archive): Promise<void> {
  // What a restore that was killed left behind.
  await tx`drop table if exists ${tx(table)}`;
  await tx`create table ${tx(table)} (like video_views including all)`;
  await copyIn(tx, folder, file);
  await tx`
    insert into ${tx(table)} (id, viewer, video_id, viewed_at, received_at, batch, lane, device, browser, os, is_muted, bot, country, site, referrer)
    select v.id, v.viewer, v.video_id, v.viewed_at, v.received_at, v.batch, v.lane, d.id, b.id, o.id, v.is_muted, v.bot, v.country, v.site, v.referrer
    from archived_lines a, jsonb_to_record(a.line) v(id uuid, viewer uuid, video_id bigint, viewed_at timestamptz, received_at timestamptz,
        batch bigint, lane smallint, device text, browser text, os text, is_muted boolean, bot text, country text, site text, referrer text)
      left join labels d on d.label = v.device left join labels b on b.label = v.browser left join labels o on o.label = v.os
    where (d.id is null, b.id is null, o.id is null) = (v.device is null, v.browser is null, v.os is null)`;
  const found = await summaryOf(tx, table);
  if (found.views !== views || found.botViews !== botViews) {
    throw new Error(
      `Of ${views} views in the archive ${found.views} could be read: the others have labels that are not known here.`,
    );
  }
  // New batches are higher than all before, so nobody can add to what was proved.
  await tx.unsafe(`alter table ${table} add constraint ${archivedLogConstraint} check (batch <= ${found.lastBatch})`);
  await tx.unsafe(`
    alter table ${table} add constraint video_views_video_id_fkey foreign key (video_id) references videos (id) not valid`);
}

async function copyIn(tx: Transaction, folder: string, file: ArchiveFile | undefined): Promise<void> {
  if (!file) throw new Error('An archive without a file cannot be read.');
  await tx`create temp table archived_lines (line jsonb) on commit drop`;
  const lines = await tx.unsafe(`copy archived_lines from stdin ${asLines}`).writable();
  await pipeline(createReadStream(path.join(folder, file.fileName)), createZstdDecompress(), lines);
}

async function markRestored(tx: Transaction, day: string, now: Date): Promise<boolean> {
  const marked = await tx`
    update log_archives set restored_at = ${now.toISOString()}::text::timestamptz
    where day = ${day}::text::date and restored_at is null`;
  return marked.count === 1;
}
