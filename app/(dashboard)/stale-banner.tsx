import { isPermitted } from '#app/permit.ts';
import { behindText } from '#components/stamp.tsx';
import { instantText } from '#components/time-text.ts';
import { staleness } from '#reports/staleness.ts';
import { runtime } from '#runtime.ts';
import { RefreshWhileStale } from './refresh-while-stale.tsx';

/** Above every dashboard while the pipeline is over a minute behind: since when, by how much, and why. */
export async function StaleBanner() {
  if (!(await isPermitted('installation:read'))) return null;
  const { db, timeZone } = runtime();
  const now = new Date();
  const stale = await staleness(db, now, timeZone);
  if (!stale) return null;
  const isOld = stale.secondsBehind > 43_200;
  return (
    <p role="status" className="mx-auto mb-4 w-full max-w-6xl rounded bg-late-soft px-3 py-1 text-late">
      Every figure is complete to {instantText(stale.completeTo, isOld ? 'hourOfDay' : 'minute', timeZone)},{' '}
      {behindText(stale.secondsBehind)} behind: {stale.reason}. Views are still recorded; none is lost.
      <RefreshWhileStale />
    </p>
  );
}
