// Records the demo's past as an import would: through the recorder, never into an aggregate.
import { dayMs } from '#db/day.ts';
import type { VideoId } from '#db/schema.ts';
import { anonymousViewer } from '#ingest/daily-salt.ts';
import type { LogView } from '#ingest/flush.ts';
import type { BulkLog } from '#ingest/import/bulk-log.ts';
import { logViewOf } from '#ingest/import/historic-view.ts';
import { mintViewId } from '#ingest/view-id.ts';
import type { PlannedHour } from './plan-history.ts';
import { randomBytesOf, seededRandom } from './random.ts';
import { openViewers } from './viewers.ts';

export type HistoryDoors = {
  log: BulkLog;
  /** By key. */
  ids: Map<string, VideoId>;
  /** The time of writing, in milliseconds. */
  now: number;
  signal: AbortSignal;
  onProgress: (written: number) => void;
};

const viewsPerBatch = 2_000;
const batchesInFlight = 6;

/** Writes a plan hour by hour; what is there already stays as it is. Stops early once the signal is aborted. */
export async function writeHistory(plan: PlannedHour[], doors: HistoryDoors): Promise<void> {
  const inFlight: Promise<number>[] = [];
  let written = 0;
  const settleOne = async () => {
    written += (await inFlight.shift()) ?? 0;
    doors.onProgress(written);
  };
  for (const batch of batchesOf(plan, doors)) {
    if (doors.signal.aborted) break;
    const writing = writeBatch(doors.log, batch);
    // Its turn to be awaited may come after another one failed.
    writing.catch(() => {});
    inFlight.push(writing);
    if (inFlight.length >= batchesInFlight) await settleOne();
  }
  while (inFlight.length > 0) await settleOne();
}

function* batchesOf(plan: PlannedHour[], doors: HistoryDoors): Generator<LogView[]> {
  let batch: LogView[] = [];
  for (const planned of plan) {
    batch = batch.concat(viewsOf(planned, doors));
    while (batch.length >= viewsPerBatch) yield batch.splice(0, viewsPerBatch);
  }
  if (batch.length > 0) yield batch;
}

function viewsOf({ from, to, views }: PlannedHour, { ids, now }: HistoryDoors): LogView[] {
  const random = seededRandom(`hour ${from}`);
  const visit = openViewers(random);
  const made: LogView[] = [];
  for (const [video, count] of views) {
    const videoId = ids.get(video.key);
    if (!videoId) throw new Error(`The demo video ${video.key} is missing.`);
    for (let i = 0; i < count; i += 1) {
      const at = Math.floor(from + random() * (to - from));
      const { device, ...seen } = visit(video);
      const viewer = device ?? anonymousViewer('demo', String(Math.floor(at / dayMs)), seen.userAgent);
      made.push(logViewOf({ ...seen, id: mintViewId(at, randomBytesOf(random, 10)), viewer }, videoId, now));
    }
  }
  return made.sort((a, b) => a.viewedAt - b.viewedAt);
}

async function writeBatch(log: BulkLog, batch: LogView[]): Promise<number> {
  const outcomes = await log.append(batch);
  const refused = outcomes.find(({ status }) => status === 'rejected');
  if (refused) throw new Error(`A view of the demo was refused: ${JSON.stringify(refused)}`);
  return outcomes.length;
}
