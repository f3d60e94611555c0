// Imports texts as files, by the same way as the command.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importFile } from '#ingest/import/import-file.ts';
import { parseOptions } from '#ingest/import/options.ts';
import type { ImportResult } from '#ingest/import/summary.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

export type TextImport = {
  database: TestDatabase;
  folder: string;
  /** Imports `content` with the options of the command line; the same `name` is the same file. */
  run(name: string, content: string | Buffer, ...options: string[]): Promise<ImportResult>;
  runFile(file: string, ...options: string[]): Promise<ImportResult>;
  /** What is in FILE.rejected; undefined if there is none. */
  rejected(name: string): Promise<string | undefined>;
  /** The log in order of time: key, time and whatever columns are asked for. */
  views(...columns: string[]): Promise<Record<string, unknown>[]>;
  /** Forgets everything imported. */
  clear(): Promise<void>;
  close(): Promise<void>;
};

export const importedAt = Date.parse('2026-06-15T12:00:00Z');

export async function openTextImport(): Promise<TextImport> {
  const database = await freshDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'boxoffice-import-'));
  const runFile = (file: string, ...args: string[]) => {
    const parsed = parseOptions([file, ...args]);
    if (!parsed) throw new Error('These options ask for help.');
    const { signal } = new AbortController();
    const quiet = { onStart: () => {}, onProgress: () => {} };
    return importFile({ ...parsed, ...quiet, url: database.url, clock: () => importedAt, signal });
  };
  return {
    database,
    folder,
    runFile,
    async run(name, content, ...options) {
      await writeFile(path.join(folder, name), content);
      return runFile(path.join(folder, name), ...options);
    },
    rejected: (name) => readFile(path.join(folder, `${name}.rejected`), 'latin1').catch(() => undefined),
    async views(...columns) {
      const { sql } = database;
      const more = columns.map((column) => sql`, v.${sql(column)}`);
      return sql`
        select c.key, to_char(v.viewed_at, 'YYYY-MM-DD HH24:MI:SS.MS') as at ${more.length > 0 ? more : sql``}
        from video_views v join videos c on c.id = v.video_id order by v.viewed_at, c.key`;
    },
    async clear() {
      await database.sql`truncate channels, allowed_origins, videos, video_views, log_archives`;
    },
    async close() {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}
