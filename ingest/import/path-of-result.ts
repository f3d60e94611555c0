import type { ImportResult } from './summary.ts';

/**
 * The page that shows what is in the log now, at the range of its views: of the channel that videos were made in, of
 * the one video, or else of all. `dateOf` gives an instant's date in the reporting zone. Undefined if nothing is in it.
 */
export function pathOfResult(
  { tally, isDryRun }: ImportResult,
  channel: string | undefined,
  dateOf: (at: number) => string,
): string | undefined {
  if (isDryRun || tally.lastAt < tally.firstAt) return undefined;
  const range = `?from=${dateOf(tally.firstAt)}&to=${dateOf(tally.lastAt)}`;
  if (channel) return `/channels/${channel}${range}`;
  const [video] = tally.videos;
  return tally.videos.size === 1 ? `/videos/${video}${range}` : '/videos';
}
