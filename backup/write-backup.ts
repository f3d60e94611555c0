// Writes everything there is into one file, as of one moment, while views go on being recorded and counted.
import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { connect, type Transaction } from '#db/client.ts';
import { appliedMigrations } from '#db/migrate.ts';
import packageJson from '../package.json' with { type: 'json' };
import { copyOut } from './copy-rows.ts';
import { findSequences, findTables, type StoredTable } from './find-tables.ts';
import { endOfRows, type Head, type Manifest, printCopy, printLine, type TableSum } from './manifest.ts';
import { patience } from './patience.ts';
import type { OnProgress } from './progress.ts';
import { RowSum } from './row-sum.ts';

export type BackupRun = {
  url: string;
  /** Written as FILE.partial, and renamed once all of it is on the disk. */
  file: string;
  mayReplace?: boolean;
  signal?: AbortSignal;
  /** `done` and `total` are bytes that the tables take in the database. */
  onProgress?: OnProgress;
};

/**
 * Backs up every table and sequence in one repeatable read snapshot. Rejects, and leaves no file behind, when there is one
 * already, or when the database was never set up.
 */
export async function writeBackup({ url, file, mayReplace, signal, onProgress }: BackupRun): Promise<Manifest> {
  if (existsSync(file) && !mayReplace) {
    throw new Error(`${file} exists already. Choose another name, or add --force to replace it.`);
  }
  const sql = connect(url, { name: 'backup', max: 1, ...patience });
  const partial = `${file}.partial`;
  try {
    const manifest = await sql.begin('isolation level repeatable read read only', async (tx) => {
      const { head, tables } = await readHead(tx);
      const text = new BackupText(tx, head, tables, onProgress);
      await writeFile(partial, text, signal);
      return { ...head, sums: text.sums };
    });
    await rename(partial, file);
    await syncFolder(path.dirname(file));
    return manifest;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await sql.end({ timeout: 0 });
  }
}

async function readHead(tx: Transaction): Promise<{ head: Head; tables: StoredTable[] }> {
  const migrations = await appliedMigrations(tx);
  if (migrations.length === 0) throw new Error('There is nothing to back up: Boxoffice never set this database up.');
  await tx`set local datestyle to iso`;
  const tables = await findTables(tx);
  // Nobody drops a partition before it was read.
  await tx`lock table ${tx(tables.map(({ name }) => name))} in access share mode`;
  const [facts] = await tx<[{ zone: string; taken_at: string; complete_to: string | null }]>`
    select time_zone as zone, now()::text as taken_at, (select min(complete_to)::text from rollup_cursors) as complete_to
    from installation`;
  const head: Head = {
    format: 'boxoffice-backup-1',
    version: packageJson.version,
    migrations,
    timeZone: facts.zone,
    takenAt: facts.taken_at,
    completeTo: facts.complete_to,
    // Read after the snapshot was taken, they are never behind its rows.
    sequences: await findSequences(tx),
    tables: tables.map(({ name, partOf, columns }) => ({ name, partOf, columns })),
  };
  return { head, tables };
}

async function writeFile(file: string, text: BackupText, signal: AbortSignal | undefined): Promise<void> {
  const lines = text.lines();
  // It holds the viewers' salts, so it is its owner's alone.
  const target = createWriteStream(file, { mode: 0o600, flush: true });
  try {
    await pipeline(lines, compression(), target, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    if (text.failure) throw text.failure;
    // Not thrown as it is: a failed call of the system inside a transaction stands for a lost connection.
    throw new Error(`${file} cannot be written: ${(error as Error).message}`);
  } finally {
    // Waits until a table that was given up is left, so that the transaction can end.
    await lines.return();
  }
}

class BackupText {
  readonly sums: TableSum[] = [];
  /** What the database failed with, if it did. */
  failure: Error | undefined;
  readonly #tx: Transaction;
  readonly #head: Head;
  readonly #tables: StoredTable[];
  readonly #onProgress: OnProgress | undefined;

  constructor(tx: Transaction, head: Head, tables: StoredTable[], onProgress?: OnProgress) {
    this.#tx = tx;
    this.#head = head;
    this.#tables = tables;
    this.#onProgress = onProgress;
  }

  async *lines(): AsyncGenerator<string | Buffer, void> {
    try {
      yield* this.#print();
    } catch (error) {
      this.failure = error as Error;
      throw error;
    }
  }

  async *#print(): AsyncGenerator<string | Buffer, void> {
    const total = this.#tables.reduce((sum, { bytes }) => sum + bytes, 0);
    const before = { rows: 0, bytes: 0 };
    yield printLine(this.#head);
    for (const table of this.#tables) {
      yield printCopy(table);
      const sum = new RowSum();
      let copied = 0;
      for await (const piece of copyOut(this.#tx, table)) {
        sum.add(piece);
        copied += piece.length;
        yield piece;
        // A row's text is not as long as the row, so within a table this is an estimate.
        this.#onProgress?.({ rows: before.rows + sum.rows, done: before.bytes + Math.min(copied, table.bytes), total });
      }
      before.rows += sum.rows;
      before.bytes += table.bytes;
      this.sums.push(sum.of(table.name));
      yield endOfRows;
      yield printLine(this.sums.at(-1) as TableSum);
    }
    yield printLine({ ...this.#head, sums: this.sums });
  }
}

function compression() {
  // The checksum tells a damaged file before the damage reaches the database.
  return createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } });
}

/** The new name is on the disk too. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  await handle.sync();
  await handle.close();
}
