// One file into the log of one database.
import { connect } from '#db/client.ts';
import { openVideoDirectory } from '../video-directory.ts';
import { openBulkLog, pretendedLog } from './bulk-log.ts';
import { formatOf } from './file-format.ts';
import { existingOrNewVideos, existingVideos, pretendedVideos } from './find-videos.ts';
import { importLines } from './import-lines.ts';
import { lineIds } from './line-id.ts';
import { openFile, readLines, readSample } from './open-file.ts';
import type { ImportOptions } from './options.ts';
import { noRejectedFile, openRejectedFile } from './rejected-file.ts';
import type { Line } from './split-lines.ts';
import type { ImportResult } from './summary.ts';
import { newTally, type Tally } from './tally.ts';
import { importSalt } from './viewer-salt.ts';

export type ImportRun = {
  url: string;
  file: string;
  options: ImportOptions;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** Once it is aborted no more is read; what was read is finished. */
  signal: AbortSignal;
  onStart: (description: string, totalBytes: number) => void;
  /** Called after each commit. */
  onProgress: (bytesRead: number, tally: Tally) => void;
};

/** Throws an ImportFailure once something was read: what its result counts is in the log. */
export async function importFile(run: ImportRun): Promise<ImportResult> {
  const { file, options } = run;
  const isDryRun = options['dry-run'];
  const format = formatOf(await readSample(file), options);
  const { bytes, bytesRead, chunks } = await openFile(file);
  const sql = connect(run.url, { name: 'import', max: 3 });
  const log = isDryRun ? pretendedLog(sql) : openBulkLog(run.url, sql);
  const path = `${file}.rejected`;
  const rejected = isDryRun ? noRejectedFile : openRejectedFile(path, format.header?.bytes);
  const tally = newTally();
  const startedAt = performance.now();
  try {
    const salt = isDryRun ? '' : await importSalt(sql);
    const videos = await openVideos(run, sql);
    run.onStart(format.description, bytes);
    const rules = { readLine: format.readLine, readTime: format.readTime, idOf: lineIds(), salt, clock: run.clock };
    const lines = readLines(chunks, format.csvDelimiter, run.signal);
    const doors = { videos, log, rejected, onProgress: (done: Tally) => run.onProgress(bytesRead(), done) };
    const failure = await importLines(withoutHeader(lines, format.header), rules, doors, tally).catch(asError);
    const result: ImportResult = {
      tally,
      videosMade: videos.made(),
      seconds: (performance.now() - startedAt) / 1_000,
      isDryRun,
      rejectedPath: await rejected.close(),
    };
    if (failure) throw new ImportFailure(failure, result);
    return result;
  } finally {
    await log.close();
    await sql.end({ timeout: 2 });
  }
}

/** The import broke off. Run again, it goes on where it was: what is in the log already is a duplicate. */
export class ImportFailure extends Error {
  override name = 'ImportFailure';
  readonly result: ImportResult;
  constructor(cause: Error, result: ImportResult) {
    super(cause.message, { cause });
    this.result = result;
  }
}

async function openVideos({ options }: ImportRun, sql: ReturnType<typeof connect>) {
  const directory = await openVideoDirectory(sql);
  const channel = options['create-videos'];
  if (!channel) return existingVideos(directory);
  return options['dry-run'] ? pretendedVideos(directory) : existingOrNewVideos(directory, sql, channel);
}

async function* withoutHeader(lines: AsyncIterable<Line[]>, header: Line | undefined): AsyncGenerator<Line[]> {
  for await (const some of lines) yield header ? some.filter(({ number }) => number !== header.number) : some;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
