// Writes the log of one UTC day into a file: NAME.partial, synced and then renamed, so that a file of the right name is whole.
import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { connect, type Sql } from '#db/client.ts';
import type { Partition } from '#db/partitions.ts';
import { copyLog } from './copy-log.ts';
import { logJson, type Names } from './log-json.ts';
import { type LogSummary, summaryOf } from './log-summary.ts';

/** Called between steps; tests throw or kill the process in it. */
export type Probe = () => void | Promise<void>;

export type WrittenArchive = LogSummary & { fileName: string; bytes: number; sha256: string };

// Cheaper than the default level, 3, and of a million made-up views smaller too: 48 MB against 56 (2026-11-24).
const zstdLevel = 1;

/** Writes a partition of the log into `folder`. Throws, and leaves at most a .partial file, when anything goes wrong. */
export async function writeArchive(
  url: string,
  { name, from }: Partition,
  folder: string,
  probe: Probe = () => {},
): Promise<WrittenArchive> {
  await mkdir(folder, { recursive: true });
  const partial = path.join(folder, `views-${from}.ndjson.zst.partial`);
  // A session of its own, to be thrown away: nothing else can be asked of one whose copy broke off.
  const sql = connect(url, {
    name: 'archive',
    max: 1,
    statementTimeoutMs: 600_000,
    idleInTransactionTimeoutMs: 600_000,
  });
  try {
    await sql`begin isolation level repeatable read read only`;
    const summary = await summaryOf(sql, name);
    await probe();
    const { lines, ...written } = await writeFile(partial, copyLog(sql, name), await namesOf(sql), probe);
    if (lines !== summary.views) throw new Error(`${name} has ${summary.views} views, but ${lines} were written.`);
    await probe();
    // Named after its content, so that it never takes the place of another one: of an earlier run, or of another installation.
    const fileName = `views-${from}-${written.sha256.slice(0, 12)}.ndjson.zst`;
    await rename(partial, path.join(folder, fileName));
    await syncFolder(folder);
    await probe();
    return { ...summary, ...written, fileName };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await sql.end({ timeout: 0 });
  }
}

async function namesOf(sql: Sql): Promise<Names> {
  const labels = await sql<
    { id: string; label: string }[]
  >`select id::text as id, to_json(label)::text as label from labels`;
  const videos = await sql<{ id: string; key: string }[]>`select id::text as id, key from videos`;
  return {
    labels: new Map(labels.map(({ id, label }) => [id, label])),
    videos: new Map(videos.map(({ id, key }) => [id, key])),
  };
}

type WrittenFile = { lines: number; bytes: number; sha256: string };

/** Only as fast as the disk takes it: whoever is full makes the one before it wait, and no more is asked of the database. */
async function writeFile(
  target: string,
  rows: AsyncIterable<Buffer>,
  names: Names,
  probe: Probe,
): Promise<WrittenFile> {
  const file = await open(target, 'w');
  try {
    const hash = createHash('sha256');
    let lines = 0;
    const convert = async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        const json = logJson(piece, names);
        lines += json.lines;
        hash.update(json.text);
        yield json.text;
      }
    };
    const compress = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: zstdLevel } });
    await pipeline(rows, convert, compress, async (packed: AsyncIterable<Buffer>) => {
      for await (const piece of packed) {
        await file.appendFile(piece);
        await probe();
      }
    });
    await file.sync();
    return { lines, bytes: (await file.stat()).size, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** A rename is on the disk only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  // Windows has no handle for a folder, and no need of one.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
