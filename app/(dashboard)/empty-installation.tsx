import Link from 'next/link';
import { baseUrl } from '#app/base-url.ts';
import { isPermitted } from '#app/permit.ts';
import { PageHeader } from '#components/page-header.tsx';
import { Snippet } from '#components/snippet.tsx';

/** What an installation without a single channel says: the next step, four ways. */
export async function EmptyInstallation() {
  const base = await baseUrl();
  const embed = `<script async src="${base}/player.js"></script>\n<video data-boxoffice="KEY" src="clip.webm" controls></video>`;
  return (
    <div className="max-w-2xl">
      <PageHeader title="Nothing to count yet" />
      <p className="-mt-4 mb-8 text-muted">Boxoffice is running and ready. These are the next steps.</p>
      <ol className="grid gap-8">
        <li>
          <p className="mb-2">
            Look around first, beside this server: three channels, forty videos, a year of history and living traffic.
          </p>
          <Snippet name="Demo" code="PORT=3001 npm run demo" />
        </li>
        <li>
          <p className="mb-2">
            Bring what you have. CSV, NDJSON and access logs are read, and the videos in them are made on the way.
          </p>
          <Snippet name="Import" code="npm run import -- FILE --create-videos CHANNEL" />
        </li>
        <li>
          <p className="mb-2">
            Or make a first video, in a channel that is made with it. The key is yours to choose and goes into the page.
            {(await isPermitted('channel:manage')) && (
              <>
                {' '}
                It goes without a command on the page{' '}
                <Link href="/channels" className="underline underline-offset-4">
                  Channels
                </Link>
                .
              </>
            )}
          </p>
          <Snippet name="Video" code="npm run video -- KEY --channel CHANNEL" />
        </li>
        <li>
          <p className="mb-2">
            Then let a page report its views. KEY is the video’s key; each video’s page has this filled in.
          </p>
          <Snippet name="Embed" code={embed} />
        </li>
      </ol>
    </div>
  );
}
