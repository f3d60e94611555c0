// Cuts a stream of bytes into lines: the records of a file, kept as bytes so that a rejected one is written verbatim.
import { findRecordEnd } from './csv-record.ts';

export type Line = {
  /** Where it starts in the file, from 1. */
  number: number;
  /** Without the newline. */
  bytes: Buffer;
  /** A line too long to hold comes in parts; a newline follows the last one. */
  part?: 'first' | 'middle' | 'last';
};

export const maxLineBytes = 64 * 1024;
const newline = 10;

export class LineSplitter {
  readonly #delimiter: number | undefined;
  #rest: Buffer = Buffer.alloc(0);
  #number = 1;
  #isAtStart = true;
  #isInLongLine = false;

  /** With the delimiter of a CSV file, a newline between quotes does not end a line. */
  constructor(csvDelimiter?: string) {
    this.#delimiter = csvDelimiter?.charCodeAt(0);
  }

  /** The lines that `chunk` completes. */
  push(chunk: Buffer): Line[] {
    let buffer = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    if (this.#isAtStart && hasByteOrderMark(buffer)) buffer = buffer.subarray(3);
    this.#isAtStart = false;
    return this.#cut(buffer, false);
  }

  /** The lines that are left at the end of the file. */
  end(): Line[] {
    const lines = this.#cut(this.#rest, true);
    if (this.#rest.length > 0) lines.push(this.#line(this.#rest));
    return lines;
  }

  #cut(buffer: Buffer, isEnd: boolean): Line[] {
    const lines: Line[] = [];
    let start = 0;
    let quote = -2;
    while (start < buffer.length) {
      const newlineAt = buffer.indexOf(newline, start);
      // The next quote is looked for once, not once per line.
      if (this.#delimiter !== undefined && quote !== -1 && quote < start) quote = buffer.indexOf('"', start);
      const isQuoted = quote >= start && (newlineAt === -1 || quote < newlineAt) && !this.#isInLongLine;
      const end = isQuoted ? findRecordEnd(buffer, start, this.#delimiter ?? 0, isEnd) : newlineAt;
      const isTooLong = buffer.length - start > maxLineBytes;
      if (end === -1 && !isTooLong && !isEnd) break;
      // Quotes that do not match would swallow what follows: such a line is cut at its first newline and stands alone.
      const cutAt = end !== undefined && end !== -1 ? end : newlineAt;
      if (cutAt === -1) {
        if (!isTooLong) break;
        lines.push(this.#part(buffer.subarray(start)));
        start = buffer.length;
      } else {
        lines.push(this.#line(buffer.subarray(start, cutAt)));
        start = cutAt + 1;
      }
    }
    this.#rest = buffer.subarray(start);
    return lines;
  }

  #line(bytes: Buffer): Line {
    const number = this.#number;
    this.#number += 1 + (this.#delimiter === undefined ? 0 : countNewlines(bytes));
    if (!this.#isInLongLine) return { number, bytes };
    this.#isInLongLine = false;
    return { number, bytes, part: 'last' };
  }

  #part(bytes: Buffer): Line {
    const part = this.#isInLongLine ? 'middle' : 'first';
    this.#isInLongLine = true;
    return { number: this.#number, bytes, part };
  }
}

function hasByteOrderMark(buffer: Buffer): boolean {
  return buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
}

function countNewlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}
