import Link from 'next/link';
import type { SpanProof } from '#reports/explain-proof.ts';
import { counted, exact } from './number-text.ts';
import { dateText, instantText } from './time-text.ts';

type Props = {
  proof: SpanProof;
  isWholeDays: boolean;
  /** Whether the reader may see the ledger. */
  isForAll: boolean;
  timeZone: string;
};

const daysNamed = 3;

/** Which closings cover a time, whether they balanced, and what came after them. */
export function ExplanationProof({ proof, isWholeDays, isForAll, timeZone }: Props) {
  return (
    <>
      {proofText(proof, isWholeDays, timeZone)}
      {proof.unbalancedDays.length > 0 && (
        <span className="block text-wrong">{named(proof.unbalancedDays)} did not balance.</span>
      )}
      {proof.repairedDays.length > 0 && (
        <span className="block text-wrong">
          {named(proof.repairedDays)} had a difference, which was repaired and stands in the ledger.
        </span>
      )}
      <span className="block text-muted text-xs">
        A closing counts the log of a day once more and holds every video, every channel and all together against it.{' '}
        {isForAll && (
          <Link
            href="/proof"
            prefetch={false}
            className="underline decoration-rule underline-offset-4 hover:decoration-ink"
          >
            Ledger of closings
          </Link>
        )}
      </span>
    </>
  );
}

function proofText(proof: SpanProof, isWholeDays: boolean, timeZone: string): string {
  const { days, closedDays, last } = proof;
  if (!last) return days === 0 ? 'There is nothing to prove.' : 'Not proved yet: the night after a day closes it.';
  const closedAt = instantText(last.closedAt, 'hourOfDay', timeZone);
  const balanced = proof.unbalancedDays.length === 0 ? ' and balanced' : '';
  if (days <= 1) {
    const forGood = last.isFinal ? ' for good' : '';
    return `${isWholeDays ? 'Its day' : 'The day it is in'} was closed${forGood}${balanced} on ${closedAt}.${heldText('Its log', proof)}`;
  }
  const open = closedDays < days ? `, ${exact(days - closedDays)} not yet` : '';
  return `${exact(closedDays)} of ${exact(days)} days with views are closed${balanced}${open}; the last was ${dateText(last.day, 'shortDay')}, closed ${closedAt}.${heldText('Their logs', proof)}`;
}

function heldText(logs: string, { logViews, laterViews }: SpanProof): string {
  if (logViews === null || laterViews === null) return '';
  const later = laterViews === 0 ? 'none came later' : `${exact(laterViews)} came later`;
  return ` ${logs} had ${counted(logViews, 'view', 'views')} of all channels; ${later}.`;
}

function named(days: string[]): string {
  const shown = days.slice(0, daysNamed).map((day) => dateText(day, 'day'));
  return days.length > daysNamed ? `${shown.join(', ')} and ${days.length - daysNamed} more` : shown.join(', ');
}
