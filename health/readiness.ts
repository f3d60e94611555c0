// Whether this process should be sent traffic, with a reason for each part that stands in the way.
import type { Db } from '#db/client.ts';
import { withDeadline } from '#db/deadline.ts';
import type { RecorderStats } from '#ingest/recorder.ts';
import { freshness } from '#reports/freshness.ts';

export type Check = { name: 'database' | 'recorder' | 'rollup'; isReady: boolean; reason: string };
export type Readiness = { status: 'ready' | 'not_ready'; checks: Check[] };

const databaseDeadlineMs = 2_000;
const maxLagSeconds = 60;
// A queue this full refuses views soon.
const fullShare = 0.9;

/** Asks the database, the recorder's queue and the rollup's lag. Never rejects. */
export async function readiness(db: Db, recorder: RecorderStats, now: Date): Promise<Readiness> {
  const checks = [...(await databaseAndRollup(db, now)), queue(recorder)];
  return { status: checks.every(({ isReady }) => isReady) ? 'ready' : 'not_ready', checks };
}

async function databaseAndRollup(db: Db, now: Date): Promise<Check[]> {
  try {
    const { completeTo, secondsBehind } = await withDeadline(freshness(db, now), databaseDeadlineMs);
    const isReady = secondsBehind === null || secondsBehind <= maxLagSeconds;
    const reason =
      completeTo === null ? 'nothing was recorded yet' : `complete to ${completeTo}, ${secondsBehind} s behind`;
    return [
      { name: 'database', isReady: true, reason: 'it answers, and its schema is this version’s' },
      { name: 'rollup', isReady, reason },
    ];
  } catch (error) {
    return [{ name: 'database', isReady: false, reason: (error as Error).message }];
  }
}

function queue({ queuedViews, maxQueuedViews }: RecorderStats): Check {
  const isReady = queuedViews < maxQueuedViews * fullShare;
  return { name: 'recorder', isReady, reason: `${queuedViews} of ${maxQueuedViews} views in the queue` };
}
