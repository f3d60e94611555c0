// COPY in its text format, a row a line, as streams of the driver (postgres.js 3.4.9).
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Transaction } from '#db/client.ts';

type Table = { name: string; columns: string[] };

// The driver gives single rows. Gathered, a million of them cost a tenth in hashing and compressing.
const pieceBytes = 64 * 1024;

/** The rows of one table, in pieces of whole lines. */
export async function* copyOut(tx: Transaction, { name, columns }: Table): AsyncGenerator<Buffer> {
  const rows: Readable = await tx`copy ${tx(name)} (${tx(columns)}) to stdout`.readable();
  let gathered: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const row of rows.iterator({ destroyOnReturn: false })) {
      gathered.push(row);
      bytes += row.length;
      if (bytes < pieceBytes) continue;
      yield Buffer.concat(gathered, bytes);
      gathered = [];
      bytes = 0;
    }
    if (bytes > 0) yield Buffer.concat(gathered, bytes);
  } finally {
    await leave(rows);
  }
}

/**
 * A table that is given up half-way is read to its end all the same: before, the driver sends nothing else, not even a
 * rollback. And where the end comes together with more rows than it buffers, it leaves its socket paused: `read` resumes.
 */
async function leave(rows: Readable): Promise<void> {
  if (!rows.destroyed) for await (const _row of rows);
  rows._read(0);
}

/** Writes rows, in pieces of whole lines, to one table. Rejects with the database's own error when it takes one of them not. */
export async function copyIn(tx: Transaction, { name, columns }: Table, pieces: AsyncIterable<Buffer>): Promise<void> {
  const copy = tx`copy ${tx(name)} (${tx(columns)}) from stdin`;
  const target: Writable = await copy.writable();
  onFailure(copy, (error) => target.destroy(error));
  await pipeline(pieces, target);
}

/**
 * What the database finds after the last row, such as a foreign key that points nowhere, the driver tells nobody and
 * waits for ever: it rejects the query, which was settled when the stream began. Every query of the driver has `reject`.
 */
function onFailure(query: object, tell: (error: Error) => void): void {
  (query as { reject: (error: Error) => void }).reject = tell;
}
