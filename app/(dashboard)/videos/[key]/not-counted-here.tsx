import Link from 'next/link';
import { addressWith, type SearchParams } from '#components/address.ts';
import { counted } from '#components/number-text.ts';
import { askedRange } from '#components/read-page.ts';
import { parseRange } from '#reports/range.ts';
import { screenedByReason } from '#reports/screened-by-reason.ts';
import type { Video } from '#reports/video-by-key.ts';
import { runtime } from '#runtime.ts';

/** Where views of the video were not counted in the range that is shown, how many, and the way to why. */
export async function NotCountedHere({ video, params, now }: { video: Video; params: SearchParams; now: Date }) {
  const { db, timeZone } = runtime();
  const asked = askedRange(params);
  const { range } = parseRange(asked, now, timeZone);
  const { refused } = await screenedByReason(db, range, { video: video.id });
  if (refused === 0) return null;
  return (
    <p className="mt-1 text-muted text-xs leading-6">
      <Link
        href={addressWith('/not-counted', { video: video.key, ...asked })}
        prefetch={false}
        className="underline underline-offset-4 hover:text-ink"
      >
        {counted(refused, 'view was', 'views were')} not counted
      </Link>{' '}
      in this time
    </p>
  );
}
