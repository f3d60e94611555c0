// The fields of a video as a form has them: times on the wall of the reporting zone.
import { z } from 'zod';
import type { Field } from '#components/form-field.tsx';
import { textOf } from '#components/form-state.ts';
import { instantOf, wallText } from '#components/wall-time.ts';
import { newVideo } from '#videos/create-videos.ts';
import { durationText } from '#videos/duration-text.ts';
import type { StoredVideo } from '#videos/find-video.ts';

/** Filled with what a video has. */
export function videoFields(timeZone: string, video?: StoredVideo): Field[] {
  return [
    { name: 'title', label: 'Title', defaultValue: video?.title, required: true, maxLength: 500 },
    {
      ...{ name: 'source', label: 'Source', defaultValue: video?.sourceUrl ?? '', type: 'url', maxLength: 2_000 },
      hint: 'What our player plays: https://example.com/clip.mp4, or /clip.mp4 on this server. Counting needs none.',
    },
    {
      ...{ name: 'duration', label: 'Duration', defaultValue: video?.durationSeconds?.toString() ?? '', maxLength: 10 },
      hint: 'In whole seconds; empty where it is not known.',
    },
    {
      ...{ name: 'published', label: 'Published', type: 'datetime-local', step: 1 },
      defaultValue: video && wallText(video.publishedAt, timeZone),
      hint: `In the time zone ${timeZone.replaceAll('_', ' ')}${video ? '' : '; now unless told'}.`,
    },
  ];
}

/** The fields of the form, parsed; null takes a value away. */
export function parseVideoFields(form: FormData, timeZone: string) {
  const empty = (text: string) => (text === '' ? undefined : text);
  return z
    .object({
      title: newVideo.shape.title,
      source: newVideo.shape.sourceUrl,
      duration: durationText.optional(),
      published: z
        .string()
        .transform((wall, context) => {
          const instant = instantOf(wall, timeZone);
          if (instant) return instant;
          context.addIssue('should be a date and a time that the clocks showed');
          return z.NEVER;
        })
        .optional(),
    })
    .transform(({ title, source, duration, published }) => ({
      ...{ title, sourceUrl: source ?? null, durationSeconds: duration ?? null, publishedAt: published },
    }))
    .safeParse({
      title: textOf(form, 'title'),
      source: empty(textOf(form, 'source')),
      duration: empty(textOf(form, 'duration')),
      published: empty(textOf(form, 'published')),
    });
}
