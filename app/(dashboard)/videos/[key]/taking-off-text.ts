import type { AtAge, TakingOff } from '#reports/taking-off.ts';

/** In one sentence: how many times the usual, at the age the video has, or at the last it had. */
export function takingOffText({ current, ages, ageHours, earlierVideos }: TakingOff): string {
  if (ageHours < 0) return 'It is not published yet.';
  const told = [current, ...ages.toReversed()].find((one) => one !== null && one.people !== null && one.usual !== null);
  if (told) return comparedText(told);
  if (ageHours < 1) return 'It is in its first hour: the first comparison comes after it.';
  if (earlierVideos < 3) return `Nothing to compare with yet: the channel has ${earlierText(earlierVideos)} before it.`;
  return 'Nothing to compare with: what its first hours had is not known.';
}

function earlierText(videos: number): string {
  return videos === 0 ? 'no video' : videos === 1 ? 'one video' : `${videos} videos`;
}

function comparedText({ age, people, usual, ratio }: AtAge): string {
  const isUsual = usual !== null && people !== null && people >= usual.low && people <= usual.high;
  const after = `after ${ageText(age)}`;
  if (ratio === null) return `${people} people ${after}, where nobody is usual.`;
  if (isUsual) return `About your usual ${after}.`;
  return `${ratio >= 10 ? Math.round(ratio) : ratio.toFixed(1)}x your usual ${after}.`;
}

/** `1 hour`, `6 hours`, `7 days`. */
export function ageText(hours: number): string {
  if (hours < 48 || hours % 24 !== 0) return `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
  return `${hours / 24} days`;
}
