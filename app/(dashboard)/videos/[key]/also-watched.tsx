import Link from 'next/link';
import type { Scope } from '#accounts/may.ts';
import { counted } from '#components/number-text.ts';
import { Panel } from '#components/panel.tsx';
import { instantText } from '#components/time-text.ts';
import type { VideoId } from '#db/schema.ts';
import { alsoWatched } from '#reports/also-watched.ts';
import { runtime } from '#runtime.ts';

type Props = { scope: Scope; video: VideoId };

/** What the viewers of a video saw besides, of the reader's channels. */
export async function AlsoWatched({ scope, video }: Props) {
  const { db, timeZone } = runtime();
  const found = await alsoWatched(db, scope, video);
  return (
    <Panel title="Also watched">
      {found.length === 0 ? (
        <p className="max-w-prose text-muted">
          No other video has three viewers of this one in the last 28 days. It is counted every night.
        </p>
      ) : (
        <ol className="grid gap-1">
          {found.map(({ key, title, viewers }) => (
            <li key={key} className="flex flex-wrap justify-between gap-x-4 border-rule border-b py-1">
              <Link href={`/videos/${key}`} className="min-w-0 truncate underline-offset-4 hover:underline">
                {title}
              </Link>
              <span className="text-muted">{counted(viewers, 'viewer of both', 'viewers of both')}</span>
            </li>
          ))}
        </ol>
      )}
      {found[0] && (
        <p className="mt-2 text-muted text-xs">
          In the 28 days up to {instantText(found[0].countedAt, 'hourOfDay', timeZone)}.
        </p>
      )}
    </Panel>
  );
}
