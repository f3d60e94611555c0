// Reads a backup from its first line to its last, checking as it goes. Whatever is wrong is told by the table it was found in.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import { z } from 'zod';
import {
  type BackedUpTable,
  endOfRows,
  type Head,
  head,
  type Manifest,
  manifest,
  printCopy,
  type TableSum,
  tableSum,
} from './manifest.ts';

const anyHead = z.looseObject({ format: z.string().startsWith('boxoffice-backup-'), version: z.string() });

/** Rejects when there is no such file. */
export async function openBackup(file: string): Promise<BackupReader> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new Error(`There is no file ${file}.`);
  return new BackupReader(file, found.size);
}

/** To be asked for what it holds in the order in which it stands. */
export class BackupReader {
  readonly file: string;
  /** On the disk. */
  readonly bytes: number;
  readonly #source: ReturnType<typeof createReadStream>;
  readonly #text: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  /** Where the reader is, for whoever has to be told. */
  #place = 'its first line';

  constructor(file: string, bytes: number) {
    this.file = file;
    this.bytes = bytes;
    this.#source = createReadStream(file, { highWaterMark: 256 * 1024 });
    // A failure of either is thrown to whoever reads.
    const text = pipeline(this.#source, createZstdDecompress(), () => {});
    this.#text = text[Symbol.asyncIterator]();
  }

  bytesRead(): number {
    return this.#source.bytesRead;
  }

  async head(): Promise<Head> {
    const facts = await this.#facts(anyHead);
    const known = head.safeParse(facts);
    if (known.success) return known.data;
    throw new Error(
      `${this.file} was made by Boxoffice ${facts.version}: restore it with that version or a newer one.`,
    );
  }

  /** The rows of the next table, which has to be `table`, in pieces of whole lines. */
  async *rows(table: BackedUpTable): AsyncGenerator<Buffer> {
    this.#place = table.name;
    if (`${await this.#line()}\n` !== printCopy(table)) throw this.#damaged();
    while (!(await this.#isAtEndOfRows())) {
      const end = this.#rest.indexOf(`\n${endOfRows}`);
      const cut = (end < 0 ? this.#rest.lastIndexOf('\n') : end) + 1;
      if (cut > 0) yield this.#take(cut);
      else await this.#more();
    }
    this.#take(endOfRows.length);
  }

  /** The sum that follows the rows of a table; throws when `found` is another. */
  async expectSum(found: TableSum): Promise<void> {
    const { table, rows, sha256 } = await this.#facts(tableSum);
    if (table !== found.table || rows !== found.rows || sha256 !== found.sha256) throw this.#damaged();
  }

  /** The last line. Throws when anything follows it. */
  async manifest(): Promise<Manifest> {
    this.#place = 'its last line';
    const facts = await this.#facts(manifest);
    if (this.#rest.length > 0 || (await this.#next()) !== undefined) throw this.#damaged();
    return facts;
  }

  close(): void {
    this.#source.destroy();
  }

  async #isAtEndOfRows(): Promise<boolean> {
    while (this.#rest.length < endOfRows.length) await this.#more();
    return this.#rest.subarray(0, endOfRows.length).equals(Buffer.from(endOfRows));
  }

  async #facts<Shape extends z.ZodType>(shape: Shape): Promise<z.infer<Shape>> {
    const line = await this.#line();
    try {
      if (line.startsWith('-- ')) return shape.parse(JSON.parse(line.slice(3)));
    } catch (error) {
      throw this.#damaged(error);
    }
    throw this.#damaged();
  }

  async #line(): Promise<string> {
    while (!this.#rest.includes('\n')) await this.#more();
    return this.#take(this.#rest.indexOf('\n') + 1)
      .toString('utf8', 0)
      .slice(0, -1);
  }

  #take(bytes: number): Buffer {
    const taken = this.#rest.subarray(0, bytes);
    this.#rest = this.#rest.subarray(bytes);
    return taken;
  }

  async #more(): Promise<void> {
    const next = await this.#next();
    if (next === undefined) throw this.#damaged();
    this.#rest = this.#rest.length === 0 ? next : Buffer.concat([this.#rest, next]);
  }

  /** Undefined at the end of the file. */
  async #next(): Promise<Buffer | undefined> {
    const { done, value } = await this.#text.next().catch((error) => {
      throw this.#damaged(error);
    });
    return done ? undefined : value;
  }

  #damaged(cause?: unknown): Error {
    return new Error(`${this.file} is cut short, damaged or no backup: found at ${this.#place}.`, { cause });
  }
}
