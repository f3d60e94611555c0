// The lines that were not taken, byte for byte, in a file that can be mended and imported by itself.
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Line } from './split-lines.ts';

export type RejectedFile = {
  write(line: Line): Promise<void>;
  /** The path if lines were written; else the file of an earlier import is removed. */
  close(): Promise<string | undefined>;
};

/** `header` is repeated at its top. The file is made with the first line. */
export function openRejectedFile(path: string, header: Buffer | undefined): RejectedFile {
  let stream: WriteStream | undefined;
  return {
    async write({ bytes, part }) {
      if (!stream) {
        stream = createWriteStream(path);
        await once(stream, 'open');
        if (header) stream.write(withNewline(header));
      }
      const isOver = part === undefined || part === 'last';
      if (!stream.write(isOver ? withNewline(bytes) : bytes)) await once(stream, 'drain');
    },
    async close() {
      if (!stream) {
        await rm(path, { force: true });
        return undefined;
      }
      stream.end();
      await finished(stream);
      return path;
    },
  };
}

/** For a dry run. */
export const noRejectedFile: RejectedFile = { write: async () => {}, close: async () => undefined };

function withNewline(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.from('\n')]);
}
