// The import itself: lines become views, views go into the log batch by batch, and each line is accounted for.
import { isUtf8 } from 'node:buffer';
import type { LogView } from '../flush.ts';
import type { Outcome } from '../log.ts';
import type { BulkLog } from './bulk-log.ts';
import type { FindVideos } from './find-videos.ts';
import { logViewOf } from './historic-view.ts';
import { type LineRejection, rejectLine } from './line-fields.ts';
import { type LineRules, type LineView, viewOfLine } from './line-view.ts';
import type { RejectedFile } from './rejected-file.ts';
import { type Line, maxLineBytes } from './split-lines.ts';
import { type Tally, tallyRejected, tallyTaken } from './tally.ts';

export type ImportDoors = {
  videos: FindVideos;
  log: BulkLog;
  rejected: RejectedFile;
  /** Called after each commit. */
  onProgress: (tally: Tally) => void;
};

type Verdict = LineView | LineRejection | 'skipped';
type Batch = { line: Line; verdict: Verdict; view?: LogView; outcome?: Outcome }[];

const linesPerBatch = 2_000;
// One that each lane commits and one that waits for it; so memory is the same whatever the size of the file.
const batchesInFlight = 4;
const carriageReturn = 13;

/** Imports lines and keeps `tally`, also when it throws: what is counted there is in the log. */
export async function importLines(
  lines: AsyncIterable<Line[]>,
  rules: LineRules,
  doors: ImportDoors,
  tally: Tally,
): Promise<void> {
  const inFlight: Promise<Batch>[] = [];
  try {
    for await (const batch of batchesOf(lines)) {
      const recording = recordBatch(batch, rules, doors);
      // Its turn to be awaited may come after another one failed.
      recording.catch(() => {});
      inFlight.push(recording);
      if (inFlight.length >= batchesInFlight) await settle(await inFlight.shift(), doors, tally);
    }
    while (inFlight.length > 0) await settle(await inFlight.shift(), doors, tally);
  } finally {
    // After a failure: what the others kept is still accounted for.
    for (const recording of inFlight) await settle(await recording.catch(() => undefined), doors, tally);
  }
}

async function* batchesOf(lines: AsyncIterable<Line[]>): AsyncGenerator<Line[]> {
  let batch: Line[] = [];
  for await (const some of lines) {
    batch = batch.concat(some);
    while (batch.length >= linesPerBatch) yield batch.splice(0, linesPerBatch);
  }
  if (batch.length > 0) yield batch;
}

async function recordBatch(lines: Line[], rules: LineRules, { videos, log }: ImportDoors): Promise<Batch> {
  const batch: Batch = lines.map((line) => ({ line, verdict: judge(line, rules) }));
  const views = batch.flatMap(({ verdict }) => (isView(verdict) ? [verdict] : []));
  const found = await videos.find(views);
  const receivedAt = rules.clock();
  for (const entry of batch) {
    const { verdict } = entry;
    if (!isView(verdict)) continue;
    const videoId = found.get(verdict.video);
    if (videoId !== undefined) entry.view = logViewOf(verdict, videoId, receivedAt);
    else entry.verdict = rejectLine('unknown_video', `there is no video ${verdict.video} (--create-videos makes it)`);
  }
  const outcomes = (await log.append(batch.flatMap(({ view }) => view ?? [])))[Symbol.iterator]();
  for (const entry of batch) if (entry.view) entry.outcome = outcomes.next().value;
  return batch;
}

function judge({ bytes, part }: Line, rules: LineRules): Verdict {
  if (part || bytes.length > maxLineBytes) return rejectLine('unreadable', `has more than ${maxLineBytes} bytes`);
  if (bytes.includes(0)) return rejectLine('unreadable', 'has a NUL byte');
  if (!isUtf8(bytes)) return rejectLine('unreadable', 'is not UTF-8');
  const text = bytes.toString('utf8', 0, bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length);
  return text.trim() === '' ? 'skipped' : viewOfLine(text, rules);
}

async function settle(batch: Batch | undefined, { rejected, onProgress }: ImportDoors, tally: Tally): Promise<void> {
  for (const { line, verdict, view, outcome } of batch ?? []) {
    // Of a line in parts the first one counts.
    const isFirst = line.part === undefined || line.part === 'first';
    if (isFirst) tally.lines += 1;
    const rejection = rejectionOf(verdict, outcome);
    if (rejection) {
      if (isFirst) tallyRejected(tally, line.number, rejection);
      await rejected.write(line);
    } else if (verdict === 'skipped') tally.skipped += 1;
    else if (view && outcome && outcome.status !== 'rejected' && isView(verdict)) {
      tallyTaken(tally, outcome.status, view.viewedAt, verdict.video);
    }
  }
  onProgress(tally);
}

function rejectionOf(verdict: Verdict, outcome: Outcome | undefined): LineRejection | undefined {
  if (verdict !== 'skipped' && 'rejected' in verdict) return verdict;
  if (outcome?.status !== 'rejected') return undefined;
  if (outcome.reason === 'archived') return rejectLine('archived', 'is of a day whose log is archived');
  return rejectLine('not_stored', 'the database refused it');
}

function isView(verdict: Verdict): verdict is LineView {
  return verdict !== 'skipped' && 'video' in verdict;
}
