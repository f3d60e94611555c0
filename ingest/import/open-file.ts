// Reading a file of any size, gzipped (.gz) or not.
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Line, LineSplitter } from './split-lines.ts';

export type OpenFile = {
  /** On the disk, so compressed if it is. */
  bytes: number;
  bytesRead(): number;
  chunks: AsyncIterable<Buffer>;
};

const chunkBytes = 256 * 1024;
const sampleBytes = 64 * 1024;

/** Rejects when there is no such file, or it is not one. */
export async function openFile(path: string): Promise<OpenFile> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new Error(`There is no file ${path}.`);
  // Opened here, so that a file that may not be read is told before anything starts.
  const file = await open(path);
  const source = createReadStream(path, { fd: file, highWaterMark: chunkBytes });
  const unzipped = path.endsWith('.gz') ? Readable.from(source).pipe(createGunzip({ chunkSize: chunkBytes })) : source;
  source.once('error', (error) => unzipped.destroy(error));
  return { bytes: found.size, bytesRead: () => source.bytesRead, chunks: unzipped };
}

/** The beginning of a file, enough to tell its format from. */
export async function readSample(path: string): Promise<Buffer> {
  const { chunks } = await openFile(path);
  const sample: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    sample.push(chunk);
    size += chunk.length;
    if (size >= sampleBytes) break;
  }
  return Buffer.concat(sample).subarray(0, sampleBytes);
}

/** The lines of a sample, without the last one where it may have been cut. */
export function linesOfSample(sample: Buffer, csvDelimiter?: string): Line[] {
  const splitter = new LineSplitter(csvDelimiter);
  const lines = splitter.push(sample);
  return sample.length < sampleBytes ? [...lines, ...splitter.end()] : lines;
}

/** The lines of a stream, in portions; ends early without error once `signal` is aborted. */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  csvDelimiter: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Line[]> {
  const splitter = new LineSplitter(csvDelimiter);
  for await (const chunk of chunks) {
    if (signal.aborted) return;
    yield splitter.push(chunk);
  }
  yield splitter.end();
}
