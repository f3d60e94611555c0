import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';

export type ArchiveFile = { fileName: string; bytes: number; sha256: string; views: number };

const newline = 10;

/** Reads a whole archive and says what is wrong with it; undefined when every byte is as it was written. */
export async function faultOf(folder: string, expected: ArchiveFile): Promise<string | undefined> {
  const file = path.join(folder, expected.fileName);
  const size = await stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
  if (size === undefined) return `${expected.fileName} is not in ${folder}`;
  if (size !== expected.bytes) return `${expected.fileName} has ${size} bytes instead of ${expected.bytes}`;
  const hash = createHash('sha256');
  let lines = 0;
  const count = new Writable({
    write(piece: Buffer, _encoding, done) {
      hash.update(piece);
      for (let at = piece.indexOf(newline); at !== -1; at = piece.indexOf(newline, at + 1)) lines += 1;
      done();
    },
  });
  try {
    await pipeline(createReadStream(file), createZstdDecompress(), count);
  } catch (error) {
    return `${expected.fileName} cannot be unpacked: ${(error as Error).message}`;
  }
  if (hash.digest('hex') !== expected.sha256) return `${expected.fileName} was altered: its checksum is another`;
  if (lines !== expected.views) return `${expected.fileName} has ${lines} views instead of ${expected.views}`;
  return undefined;
}
