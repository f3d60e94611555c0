import type { Sql, Transaction } from '#db/client.ts';
import { withDeadline } from '#db/deadline.ts';
import { logColumns } from './log-json.ts';

// Some 2,000 views: converting them keeps the process from its other work for 10 ms.
const pagesPerPiece = 32;
// A copy that the server ends with an error leaves the driver's stream open for ever.
const deadlineMs = 60_000;

/**
 * The rows of a partition in COPY's text format, some pages at a time, in the snapshot of the session's transaction. The next
 * piece is read while one is used, and none after it. One long copy whose stream paused the socket stood still until the
 * statement timed out (postgres.js 3.4.9, a million rows on a busy machine, 2026-11-24); short ones are never paused.
 */
export async function* copyLog(sql: Sql | Transaction, partition: string): AsyncGenerator<Buffer> {
  const [size] = await sql<[{ pages: number }]>`
    select (pg_relation_size(${partition}::text::regclass) / current_setting('block_size')::int)::float8 as pages`;
  let next = copyPages(sql, partition, 0);
  for (let page = 0; page < size.pages; page += pagesPerPiece) {
    const rows = await next;
    next = copyPages(sql, partition, page + pagesPerPiece);
    // It may fail while its turn has not come.
    next.catch(() => {});
    if (rows.length > 0) yield rows;
  }
  await next;
}

function copyPages(sql: Sql | Transaction, partition: string, page: number): Promise<Buffer> {
  const range = `ctid >= '(${page},0)' and ctid < '(${page + pagesPerPiece},0)'`;
  return withDeadline(
    read(sql, `copy (select ${logColumns.join(', ')} from ${partition} where ${range}) to stdout`),
    deadlineMs,
  );
}

async function read(sql: Sql | Transaction, statement: string): Promise<Buffer> {
  const stream = await sql.unsafe(statement).readable();
  const rows: Buffer[] = [];
  // By its events, which take each row as it comes: only a stream whose buffer fills is paused.
  return new Promise((resolve, reject) => {
    stream.on('data', (row) => rows.push(row));
    stream.on('end', () => resolve(Buffer.concat(rows)));
    stream.on('error', reject);
  });
}
