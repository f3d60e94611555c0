import { cache } from 'react';
import { audienceOf } from '#reports/audience-now.ts';
import { breakdown } from '#reports/breakdown.ts';
import { keptRange } from '#reports/kept-range.ts';
import { openingOverTime, withOpening } from '#reports/opening-over-time.ts';
import { periodBefore } from '#reports/period-before.ts';
import { parseRange } from '#reports/range.ts';
import { inSnapshot } from '#reports/snapshot.ts';
import type { Subject } from '#reports/subject.ts';
import { viewsOverTime } from '#reports/views-over-time.ts';
import { runtime } from '#runtime.ts';
import { firstText, type SearchParams } from './address.ts';
import { breakdownDays, listedValues } from './breakdown-days.ts';
import { askedDimension } from './dimension-names.ts';

/** The figures of now and those of the range, which stand on one screen: out of one snapshot, read once a page. */
export const readPage = cache((subject: Subject, params: SearchParams, now: Date) => {
  const { db, timeZone } = runtime();
  const { range: asked } = parseRange(askedRange(params), now, timeZone);
  const by = askedDimension(firstText(params.by));
  return inSnapshot(db, async (snapshot) => {
    const range = await keptRange(snapshot, asked);
    const overTime = await viewsOverTime(snapshot, subject, range, now, timeZone);
    const opening = await openingOverTime(snapshot, subject, range);
    return {
      range,
      audience: await audienceOf(snapshot, subject, now, timeZone),
      overTime: { ...overTime, points: withOpening(overTime.points, opening, range), opening: opening.opening },
      before: await periodBefore(snapshot, subject, range),
      // Of all channels together nobody shows it.
      brokenDown:
        'channels' in subject
          ? undefined
          : await breakdown(snapshot, subject, by, breakdownDays(range), listedValues(params)),
    };
  });
});

export function askedRange(params: SearchParams): { range?: string; from?: string; to?: string } {
  return { range: firstText(params.range), from: firstText(params.from), to: firstText(params.to) };
}
