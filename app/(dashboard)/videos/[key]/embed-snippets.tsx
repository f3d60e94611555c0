import Link from 'next/link';
import { baseUrl } from '#app/base-url.ts';
import { isPermitted } from '#app/permit.ts';
import { Command } from '#components/command.tsx';
import { CopyButton } from '#components/copy-button.tsx';
import { Snippet } from '#components/snippet.tsx';
import { latestArrival } from '#reports/arrival.ts';
import type { Video } from '#reports/video-by-key.ts';
import { runtime } from '#runtime.ts';
import { badgeOf, snippetsOf } from '#videos/snippets.ts';
import { sourceCommand } from '#videos/source-command.ts';
import { ArrivalCheck } from './arrival-check.tsx';
import { SnippetPicker } from './snippet-picker.tsx';

const noSource = 'For our player in a frame this video needs a source';

/** What to paste elsewhere, filled in for this very video, and whether a view comes from there. */
export async function EmbedSnippets({ video, isUnseen, now }: { video: Video; isUnseen: boolean; now: Date }) {
  const [base, arrival] = await Promise.all([baseUrl(), latestArrival(runtime().db, video.id)]);
  const embedded = { base, key: video.key, title: video.title, source: absolute(video.sourceUrl, base) };
  return (
    <div className="grid gap-6 lg:grid-cols-3">
      {isLoopback(base) && (
        <p className="rounded bg-late-soft px-2 text-late lg:col-span-full">
          These work on this machine only
          {(await isPermitted('installation:operate'))
            ? '; set BASE_URL to the address that others reach.'
            : ': ask an admin for the address that others reach.'}
        </p>
      )}
      <div className="grid min-w-0 content-start gap-3 lg:col-span-2">
        <SnippetPicker snippets={snippetsOf(embedded)} />
        <ArrivalCheck arrival={arrival} isUnseen={isUnseen} serverNow={now.toISOString()} />
        {!video.sourceUrl && <NoPlayer video={video} />}
      </div>
      <div className="grid min-w-0 content-start gap-2">
        <Snippet name="A badge with the count" code={badgeOf(embedded)} />
        {/* biome-ignore lint/performance/noImgElement: an SVG that another page would show just so */}
        <img src={`/badge/${video.key}.svg`} alt="The badge as it looks now" height={20} className="h-5" />
      </div>
    </div>
  );
}

/** Our own frame would have nothing to play. */
async function NoPlayer({ video }: { video: Video }) {
  if (await isPermitted('channel:manage', { channel: video.channel.id })) {
    return (
      <p>
        {noSource}: give it one on its page{' '}
        <Link href={`/videos/${video.key}/edit`} className="underline underline-offset-4">
          Edit
        </Link>
        .
      </p>
    );
  }
  if (!(await isPermitted('installation:operate'))) return <p>{noSource}: its channel’s creators can give it one.</p>;
  const command = sourceCommand(video.key);
  return (
    <p>
      {noSource}: <Command>{command}</Command> <CopyButton text={command} name="the command" />
    </p>
  );
}

/** A path is one of this server's, and the snippet stands on another. */
function absolute(source: string | null, base: string): string | null {
  return source && (URL.parse(source, base)?.href ?? source);
}

function isLoopback(base: string): boolean {
  const host = URL.parse(base)?.hostname ?? '';
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
