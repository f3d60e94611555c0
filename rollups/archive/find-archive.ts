import type { Sql, Transaction } from '#db/client.ts';
import type { ArchiveFile } from './read-archive.ts';

export type Archive = {
  /** A UTC day. */
  day: string;
  views: number;
  botViews: number;
  archivedAt: string;
  /** Undefined where nothing was written: that log is gone. */
  file: ArchiveFile | undefined;
  /** Since when the log is there again. */
  restoredAt: string | null;
};

type Row = Omit<Archive, 'file'> & { fileName: string | null; bytes: number; sha256: string };

/** The archive of one day, or undefined. */
export async function findArchive(sql: Sql | Transaction, day: string): Promise<Archive | undefined> {
  const [found] = await readArchives(sql, sql`where day = ${day}::text::date`);
  return found;
}

/** Every archive, oldest day first. */
export function listArchives(sql: Sql): Promise<Archive[]> {
  return readArchives(sql, sql``);
}

async function readArchives(sql: Sql | Transaction, condition: ReturnType<Sql>): Promise<Archive[]> {
  const at = (column: string) => sql`to_char(${sql(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  const rows = await sql<Row[]>`
    select day::text as day, views::float8 as views, bot_views::float8 as "botViews", ${at('archived_at')} as "archivedAt",
      ${at('restored_at')} as "restoredAt", file_name as "fileName", bytes::float8 as bytes, sha256
    from log_archives ${condition} order by log_archives.day`;
  return rows.map(({ fileName, bytes, sha256, ...row }) => ({
    ...row,
    file: fileName === null ? undefined : { fileName, bytes, sha256, views: row.views },
  }));
}
