import { createHash } from 'node:crypto';
import type { TableSum } from './manifest.ts';

const lineFeed = 10;

/** Sums up the rows of one table, which come as whole lines in pieces of any size. */
export class RowSum {
  readonly #hash = createHash('sha256');
  rows = 0;

  add(piece: Buffer): void {
    this.#hash.update(piece);
    for (let at = piece.indexOf(lineFeed); at >= 0; at = piece.indexOf(lineFeed, at + 1)) this.rows += 1;
  }

  /** To be called once, at the end. */
  of(table: string): TableSum {
    return { table, rows: this.rows, sha256: this.#hash.digest('hex') };
  }
}
