import { instantText } from './time-text.ts';

type Props = { completeTo: string | null; secondsBehind: number; timeZone: string; reason?: string };

/** How fresh a panel is: "complete to 14:03:20", amber and with a reason when over a minute behind. */
export function Stamp({
  completeTo,
  secondsBehind,
  timeZone,
  reason = 'new views will appear as it catches up',
}: Props) {
  if (!completeTo) return <p className="text-muted text-xs">Nothing recorded yet</p>;
  const isBehind = secondsBehind > 60;
  // A time of day misleads once it is not today's.
  const isOld = secondsBehind > 43_200;
  return (
    <p className={isBehind ? 'rounded bg-late-soft px-2 text-late text-xs leading-6' : 'text-muted text-xs leading-6'}>
      complete to {isOld && `${instantText(completeTo, 'day', timeZone)}, `}
      <time dateTime={completeTo}>{instantText(completeTo, 'second', timeZone)}</time>
      {isBehind && `: ${behindText(secondsBehind)} behind, ${reason}`}
    </p>
  );
}

/** `4 min`, `3 hours`, `2 days`. */
export function behindText(seconds: number): string {
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)} hours` : `${Math.floor(seconds / 86_400)} days`;
}
