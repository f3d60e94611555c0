// Writes views into the log through the recorder, without HTTP around it, on a schedule: in a process of its own, as ingest may be. Gets
// a WritingOrder as its message, answers with how many it wrote.
import { randomBytes, randomUUID } from 'node:crypto';
import type { VideoId } from '#db/schema.ts';
import type { LogView } from '#ingest/flush.ts';
import { Recorder } from '#ingest/recorder.ts';
import { mintViewId } from '#ingest/view-id.ts';

export type WritingOrder = {
  url: string;
  /** What is written one after the other: views a second (as fast as it goes where that is 0) for so many seconds or views. */
  phases: { viewsPerSecond: number; seconds?: number; views?: number }[];
  /** Ids from 1. By Zipf's law the n-th is seen in proportion to 1/n; else each view is of the next one. */
  videos: number;
  isZipf: boolean;
};

const batch = 500;
const viewersOfAll = 1_000_000;
const [devices, browsers, systems] = [
  ['desktop', 'mobile', 'tablet'],
  ['Chrome', 'Safari', 'Firefox', 'Microsoft Edge'],
  ['Windows', 'Android', 'iOS', 'macOS', 'Linux'],
];
const viewers = Array.from({ length: 50_000 }, () => randomBytes(13).toString('hex'));

process.on('message', async (order: WritingOrder) => {
  process.send?.(await write(order));
  process.disconnect();
});

async function write({ url, phases, ...seen }: WritingOrder): Promise<number> {
  const recorder = new Recorder(url, { deadlineMs: 60_000 });
  let written = 0;
  for (const phase of phases) written += await writePhase(recorder, phase, seen, written);
  await recorder.close();
  return written;
}

type Seen = Pick<WritingOrder, 'videos' | 'isZipf'>;

/** Eight batches are under way at most: the recorder takes what gathers while it writes. */
async function writePhase(
  recorder: Recorder,
  { viewsPerSecond, seconds = Number.POSITIVE_INFINITY, views = Number.POSITIVE_INFINITY }: WritingOrder['phases'][0],
  seen: Seen,
  before: number,
): Promise<number> {
  const startedAt = performance.now();
  const underWay = new Set<Promise<unknown>>();
  let written = 0;
  while (written < views && performance.now() - startedAt < seconds * 1_000) {
    const due = viewsPerSecond > 0 ? startedAt + (written / viewsPerSecond) * 1_000 : 0;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    if (underWay.size >= 8) await Promise.race(underWay);
    const some = Array.from({ length: batch }, (_, i) => viewOf(seen, before + written + i));
    const one = recorder.record(some).finally(() => underWay.delete(one));
    underWay.add(one);
    written += batch;
  }
  await Promise.all(underWay);
  return written;
}

function viewOf({ videos, isZipf }: Seen, n: number): LogView {
  const now = Date.now();
  const video = isZipf ? Math.floor(videos ** Math.random()) : 1 + (n % videos);
  const viewer = Math.floor(Math.random() * viewersOfAll);
  return {
    id: mintViewId(now),
    videoId: video as VideoId,
    viewedAt: now,
    receivedAt: now,
    viewer: deviceOf(viewer),
    isMuted: false,
    bot: Math.random() < 0.02 ? 'declared_bot' : null,
    country: pick(['DE', 'US', 'FR', 'IN', 'BR', 'GB', 'JP', 'PL', 'ES', 'IT', 'NL', 'SE'], viewer),
    device: pick(devices ?? [], viewer),
    browser: pick(browsers ?? [], viewer >> 3),
    os: pick(systems ?? [], viewer >> 5),
    site: `site${viewer % 97}.example`,
    referrer: n % 3 === 0 ? `referrer${viewer % 211}.example` : null,
  };
}

/** The same number gives the same device. */
function deviceOf(n: number): string {
  const hex = `${viewers[n % viewers.length] ?? randomUUID()}${(n / viewers.length) | 0}`.padEnd(32, '0').slice(0, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function pick(among: readonly string[], n: number): string {
  return among[n % among.length] ?? '';
}
