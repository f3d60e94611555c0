// What a backup is: a text that psql could read, compressed with zstd. Its first line is the head; then comes each table, as a COPY
// statement with its rows and their sum; its last line is the manifest, which repeats head and sums.
import { z } from 'zod';

/** A name of the catalog, to be looked up there before it is put into a statement. */
const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);

const table = z.object({
  name,
  /** The partitioned table that it is a part of. */
  partOf: name.nullable(),
  columns: z.array(name).min(1),
});

export const head = z.object({
  format: z.literal('boxoffice-backup-1'),
  /** Of Boxoffice. */
  version: z.string(),
  migrations: z.array(z.object({ madeAt: z.number(), hash: z.string() })).min(1),
  /** The reporting zone. */
  timeZone: z.string(),
  takenAt: z.string(),
  /** Everything acknowledged before it is in the aggregates too; null if the rollup never ran. */
  completeTo: z.string().nullable(),
  /** The last value that each sequence gave, as text; null if it gave none. */
  sequences: z.record(name, z.string().regex(/^\d+$/).nullable()),
  /** In the order in which they follow. */
  tables: z.array(table),
});

export const tableSum = z.object({
  table: name,
  rows: z.number(),
  /** Of its rows in the text format of COPY, as they stand in the backup. */
  sha256: z.string(),
});

export const manifest = z.object({ ...head.shape, sums: z.array(tableSum) });

export type BackedUpTable = z.infer<typeof table>;
export type Head = z.infer<typeof head>;
export type TableSum = z.infer<typeof tableSum>;
export type Manifest = z.infer<typeof manifest>;

/** The end of a table's rows. COPY escapes backslashes, so no row looks like it. */
export const endOfRows = '\\.\n';

/** Head, sums and manifest stand in lines of their own, which are comments in SQL. */
export function printLine(facts: Head | TableSum | Manifest): string {
  return `-- ${JSON.stringify(facts)}\n`;
}

/** The line before a table's rows. */
export function printCopy({ name, columns }: BackedUpTable): string {
  return `copy ${name} (${columns.join(', ')}) from stdin;\n`;
}

export function rowsOf({ sums }: Manifest): number {
  return sums.reduce((total, { rows }) => total + rows, 0);
}
