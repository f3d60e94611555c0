// Viewers under whom the server is killed: they send without pause, repeat what was not acknowledged with the same
// ids, and write down every acknowledgement.
import { setTimeout as sleep } from 'node:timers/promises';
import { chrome, viewOf } from './factories.ts';

export type Journal = {
  /** Every id that was ever sent. */
  sent: Set<string>;
  /** Ids answered `counted` or `duplicate`. */
  acknowledged: Set<string>;
  /** Ids answered `counted`; one that comes again is noted in `countedTwice`. */
  counted: Set<string>;
  countedTwice: string[];
  /** Other answers than 200 and 503, and rejections. */
  surprises: string[];
};

export type JournalingSender = {
  journal: Journal;
  /** Where to send from now on. */
  aim(url: string): void;
  /** Stops making views; resolves when everything sent was acknowledged. */
  finish(): Promise<void>;
};

const connections = 12;
const retryMs = 20;

export function startSending(videos: string[]): JournalingSender {
  const journal: Journal = {
    sent: new Set(),
    acknowledged: new Set(),
    counted: new Set(),
    countedTwice: [],
    surprises: [],
  };
  let url = '';
  let isFinishing = false;
  const viewer = async (number: number) => {
    for (let round = 0; !isFinishing; round++) {
      const video = videos[round % videos.length] ?? '';
      const views = Array.from({ length: 1 + ((round + number) % 7) }, () => viewOf(video, Date.now()));
      for (const { id } of views) journal.sent.add(id);
      while (!(await send(url, views, journal))) await sleep(retryMs);
    }
  };
  const viewers = Array.from({ length: connections }, (_, number) => viewer(number));
  return {
    journal,
    aim(next) {
      url = next;
    },
    async finish() {
      isFinishing = true;
      await Promise.all(viewers);
    },
  };
}

/** Sends views once; whether they were acknowledged. */
async function send(url: string, views: unknown[], journal: Journal): Promise<boolean> {
  const request = { method: 'POST', headers: { 'user-agent': chrome }, body: JSON.stringify(views) };
  const response = await fetch(`${url}/api/views`, { ...request, signal: AbortSignal.timeout(8_000) }).catch(
    () => null,
  );
  if (response?.status !== 200) {
    if (response && response.status !== 503) journal.surprises.push(`${response.status}`);
    return false;
  }
  const results: { id: string; status: string }[] | null = await response.json().catch(() => null);
  for (const { id, status } of results ?? []) {
    if (status !== 'counted' && status !== 'duplicate') journal.surprises.push(`${id} ${status}`);
    if (status === 'counted' && journal.counted.has(id)) journal.countedTwice.push(id);
    if (status === 'counted') journal.counted.add(id);
    journal.acknowledged.add(id);
  }
  return results !== null;
}
