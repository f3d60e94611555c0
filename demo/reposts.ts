// Somebody shows the harbour's videos on a site that is not on the list of its channel: views there are not counted.
import { mintViewId } from '#ingest/view-id.ts';
import { type DemoVideo, hitKey, videos } from './catalogue.ts';
import { seededRandom } from './random.ts';
import { sendView } from './send-view.ts';
import { openViewers } from './viewers.ts';

/** By key, how often each was shown there before anybody looks at the dashboard. */
const shown = new Map([
  [hitKey, 18],
  ['porpoises-at-the-mole', 6],
]);

/** The page there that shows a video. */
export function repostOf({ key }: DemoVideo): string {
  return `https://reposted-clips.example/watch/${key}`;
}

/** Sends them to a server one by one. */
export async function sendReposts(url: string): Promise<void> {
  const visit = openViewers(seededRandom('reposts'));
  for (const video of videos) {
    for (let i = 0; i < (shown.get(video.key) ?? 0); i += 1) {
      const { userAgent, device, referrer, isMuted } = visit(video);
      const id = mintViewId(Date.now());
      await sendView(url, { id, video: video.key, device, page: repostOf(video), referrer, muted: isMuted }, userAgent);
    }
  }
}
