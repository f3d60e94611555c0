import { baseUrl } from '#app/base-url.ts';
import { CopyButton } from '#components/copy-button.tsx';
import { Snippet } from '#components/snippet.tsx';
import type { Video } from '#reports/video-by-key.ts';
import { sourceCommand } from '#videos/source-command.ts';

/** What to paste elsewhere, filled in for this very video. */
export async function EmbedSnippets({ video }: { video: Video }) {
  const base = await baseUrl();
  const source = absolute(video.sourceUrl ?? 'https://YOUR-SITE/YOUR-CLIP.mp4', base);
  const title = attribute(video.title);
  const script = [
    `<script async src="${base}/player.js"></script>`,
    `<video data-boxoffice="${video.key}" src="${attribute(source)}" controls></video>`,
  ].join('\n');
  const frame = `<iframe src="${base}/embed/${video.key}" title="${title}" width="640" height="360" allow="autoplay; fullscreen" style="border:0"></iframe>`;
  const image = `<img src="${base}/badge/${video.key}.svg" alt="Views of ${title} by people" height="20">`;
  const badge = video.sourceUrl ? `<a href="${base}/embed/${video.key}">${image}</a>` : image;
  return (
    <div className="grid gap-6 lg:grid-cols-3">
      {isLoopback(base) && (
        <p className="rounded bg-late-soft px-2 text-late lg:col-span-full">
          These work on this machine only; set BASE_URL to the address that others reach.
        </p>
      )}
      <Snippet name="Beside your own player" code={script} />
      {video.sourceUrl ? <Snippet name="With our player" code={frame} /> : <NoPlayer videoKey={video.key} />}
      <div className="grid min-w-0 content-start gap-2">
        <Snippet name="A badge with the count" code={badge} />
        {/* biome-ignore lint/performance/noImgElement: an SVG that another page would show just so */}
        <img src={`/badge/${video.key}.svg`} alt="The badge as it looks now" height={20} className="h-5" />
      </div>
    </div>
  );
}

/** In the place of the frame, which would have nothing to play. */
function NoPlayer({ videoKey }: { videoKey: string }) {
  const command = sourceCommand(videoKey);
  return (
    <div className="min-w-0">
      <p className="mb-1 font-medium">With our player</p>
      <p>
        This video has no source to play: give it one with{' '}
        <code className="wrap-anywhere rounded border border-rule bg-surface px-1 font-mono text-xs">{command}</code>{' '}
        <CopyButton text={command} name="the command" />
      </p>
    </div>
  );
}

/** A path is one of this server's, and the snippet stands on another. */
function absolute(source: string, base: string): string {
  return URL.parse(source, base)?.href ?? source;
}

function isLoopback(base: string): boolean {
  const host = URL.parse(base)?.hostname ?? '';
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
