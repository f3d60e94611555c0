// A worker thread: people who watch right now. They know the server by its URL only.
import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { mintViewId } from '#ingest/view-id.ts';
import { hourMs, openAudience } from './audience.ts';
import { channels, type DemoVideo, videos } from './catalogue.ts';
import { pick } from './random.ts';
import { repostOf } from './reposts.ts';
import { sendView } from './send-view.ts';
import { openViewers } from './viewers.ts';

export type LiveViewersData = { url: string; startedAt: number; timeZone: string };

// However late it is, and however long after the hit, something should move on the screen.
const leastViewsPerSecond = 0.25;
const mostViewsPerSecond = 10;
const repeatedShare = 0.02;
const lateShare = 0.02;
const repostedShare = 0.01;
const latestMs = 10 * 60_000;
const pauseAfterRefusalMs = 2_000;

const { url, startedAt, timeZone } = workerData as LiveViewersData;
const audience = openAudience(startedAt, timeZone);
const visit = openViewers(Math.random);

let pausedUntil = 0;

while (true) {
  const hour = Math.floor(Date.now() / hourMs) * hourMs;
  const expected = videos.map((video) => [video, audience.viewsIn(video, hour)] as const);
  const perSecond = expected.reduce((sum, [, views]) => sum + views, 0) / 3_600;
  const rate = Math.min(Math.max(perSecond, leastViewsPerSecond), mostViewsPerSecond);
  // Times between independent arrivals.
  await sleep((-Math.log(1 - Math.random()) / rate) * 1_000);
  if (Date.now() < pausedUntil) await sleep(pausedUntil - Date.now());
  // Not awaited: nobody waits to press play until somebody else's view is stored.
  watch(pick(Math.random, expected)).catch(() => {
    pausedUntil = Date.now() + pauseAfterRefusalMs;
  });
}

async function watch(video: DemoVideo): Promise<void> {
  const { userAgent, device, page: ownPage, referrer, isMuted } = visit(video);
  const lateMs = Math.random() < lateShare ? Math.random() * latestMs : 0;
  const isReposted = video.channel === channels[0]?.handle && Math.random() < repostedShare;
  const page = isReposted ? repostOf(video) : ownPage;
  const view = { id: mintViewId(Date.now() - lateMs), video: video.key, device, page, referrer, muted: isMuted };
  await sendView(url, view, userAgent);
  if (Math.random() < repeatedShare) await sendView(url, view, userAgent);
}
