import { z } from 'zod';
import { isDay } from '#db/day.ts';
import { videoKeyPattern } from '#videos/video-key.ts';

const mostViews = 1_000_000_000_000;

/** What goes into one entry. */
export const mostBalances = 100_000;

/** What a source is called where nobody says. */
export const unnamedSource = 'another product';

/** What another product counted for one video, as somebody enters it. */
export const newBalance = z.object({
  video: z
    .string('should be the key of a video')
    .regex(videoKeyPattern, 'should be the key of a video: 1 to 128 of A-Z a-z 0-9 _ ~ . -'),
  views: z
    .int('should be a whole number without separators, such as 1204331')
    .min(1, 'should be 1 or more')
    .max(mostViews, `should be ${mostViews} at most`),
  /** Of the reporting zone; without it the count is of all the time before Boxoffice. */
  day: z.string('should look like 2026-01-31').refine(isDay, 'should look like 2026-01-31').optional(),
  source: z
    .string('should be a name, such as YouTube Studio')
    .transform((text) => text.trim().replace(/\s+/g, ' '))
    .refine((text) => text.length >= 1 && text.length <= 100, 'should have 1 to 100 characters')
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'should be plain text in one line')
    .default(unnamedSource),
});

export type NewBalance = z.infer<typeof newBalance>;
