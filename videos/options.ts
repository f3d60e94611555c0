// The command line of `npm run video`.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { channelHandle } from '#channels/create-channel.ts';
import type { VideoChanges } from './change-video.ts';
import { newVideo } from './create-videos.ts';

export const usage = `npm run video -- KEY --channel HANDLE [options]

Makes the video KEY in a channel, and the channel if it is missing. Of a video that exists it changes what the
options name; --channel is not needed then.

  KEY                      1 to 128 of A-Z a-z 0-9 _ ~ . -; one that begins with - comes last, after --
  --channel HANDLE         the channel it stands in
  --title TITLE            the key unless told
  --source URL             what /embed/KEY and /watch/KEY play: an address, or a path on this server
  --duration SECONDS       how long it is
  --published TIME         such as 2026-01-31T12:00:00Z; now unless told`;

const settings = z.object({
  KEY: newVideo.shape.key,
  '--channel': channelHandle.optional(),
  '--title': newVideo.shape.title.optional(),
  '--source': newVideo.shape.sourceUrl,
  '--duration': z
    .string()
    .regex(/^\d{1,10}$/, 'should be a whole number of seconds')
    .transform(Number)
    .pipe(newVideo.shape.durationSeconds.unwrap())
    .optional(),
  '--published': newVideo.shape.publishedAt,
});

export type VideoOptions = { key: string; channel: string | undefined; fields: VideoChanges };

/** Undefined where help was asked for. Throws one error that names every option that is wrong. */
export function parseOptions(args: string[]): VideoOptions | undefined {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { channel: text, title: text, source: text, duration: text, published: text, help: { type: 'boolean' } },
  });
  if (values.help) return undefined;
  const [key] = positionals;
  if (!key || positionals.length > 1) throw new Error(`Name one video by its key.\n\n${usage}`);
  const given = Object.entries(values).map(([name, value]) => [`--${name}`, value]);
  const parsed = settings.safeParse({ KEY: key, ...Object.fromEntries(given) });
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${String(issue.path[0])}: ${issue.message}`);
    throw new Error(`The options need attention:\n${problems.join('\n')}`);
  }
  const { KEY, '--channel': channel, '--title': title, '--source': sourceUrl } = parsed.data;
  const { '--duration': durationSeconds, '--published': publishedAt } = parsed.data;
  return { key: KEY, channel, fields: { title, sourceUrl, durationSeconds, publishedAt } };
}
