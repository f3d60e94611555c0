// The command line of `npm run video`.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { channelHandle } from '#channels/create-channel.ts';
import { chosenKey, newVideo } from './create-videos.ts';
import { durationText } from './duration-text.ts';
import type { VideoFields } from './save-video.ts';

export const usage = `npm run video -- KEY --channel HANDLE [options]
npm run video -- --file FILE.csv [--apply]

Makes the video KEY in a channel, and the channel if it is missing. Of a video that exists it changes what the
options name; --channel is not needed then. With a file it creates, changes, moves and deletes many at once.

  KEY                      1 to 128 of A-Z a-z 0-9 _ ~ . -; one that begins with - comes last, after --
  --channel HANDLE         the channel it stands in
  --title TITLE            the key unless told
  --source URL             what /embed/KEY and /watch/KEY play: an address, or a path on this server
  --duration SECONDS       how long it is
  --published TIME         such as 2026-01-31T12:00:00Z; now unless told
  --file FILE.csv          a sheet with the columns key, channel, title, duration, source, published, action (save, move, delete),
                           of which only key has to be there: what it would do is shown, and nothing done
  --apply                  does it, as a whole or not at all`;

const settings = z.object({
  KEY: chosenKey,
  '--channel': channelHandle.optional(),
  '--title': newVideo.shape.title.optional(),
  '--source': newVideo.shape.sourceUrl,
  '--duration': durationText.optional(),
  '--published': newVideo.shape.publishedAt,
});

export type VideoOptions = { key: string; channel: string | undefined; fields: VideoFields };
export type SheetOptions = { file: string; isApplied: boolean };

/** Undefined where help was asked for. Throws one error that names every option that is wrong. */
export function parseOptions(args: string[]): VideoOptions | SheetOptions | undefined {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...{ channel: text, title: text, source: text, duration: text, published: text },
      ...{ file: text, apply: { type: 'boolean' }, help: { type: 'boolean' } },
    },
  });
  if (values.help) return undefined;
  const { file, apply = false, ...fieldsGiven } = values;
  if (file !== undefined) {
    if (positionals.length > 0 || Object.keys(fieldsGiven).length > 0)
      throw new Error(
        'With --file every video stands in the file: name none beside it, and no other option but --apply.',
      );
    return { file, isApplied: apply };
  }
  if (apply) throw new Error('--apply needs --file FILE.csv.');
  const [key] = positionals;
  if (!key || positionals.length > 1) throw new Error(`Name one video by its key.\n\n${usage}`);
  const given = Object.entries(fieldsGiven).map(([name, value]) => [`--${name}`, value]);
  const parsed = settings.safeParse({ KEY: key, ...Object.fromEntries(given) });
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${String(issue.path[0])}: ${issue.message}`);
    throw new Error(`The options need attention:\n${problems.join('\n')}`);
  }
  const { KEY, '--channel': channel, '--title': title, '--source': sourceUrl } = parsed.data;
  const { '--duration': durationSeconds, '--published': publishedAt } = parsed.data;
  return { key: KEY, channel, fields: { title, sourceUrl, durationSeconds, publishedAt } };
}
