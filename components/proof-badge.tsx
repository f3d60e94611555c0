import Link from 'next/link';
import type { ReactNode } from 'react';
import { dateAt } from '#reports/calendar.ts';
import { type LatestProof, latestProof } from '#reports/latest-proof.ts';
import { runtime } from '#runtime.ts';
import { counted, exact } from './number-text.ts';
import { dateText, instantText } from './time-text.ts';

/**
 * What stands beside totals: whether they were proved, when, and how many views came since. Leads to the proof; where that is not for the
 * reader it says no more than the first two, since the proof is of all channels together.
 */
export async function ProofBadge({ isForAll }: { isForAll: boolean }) {
  const { db, timeZone } = runtime();
  const proof = await latestProof(db);
  if (!proof) {
    return (
      <Badge isForAll={isForAll} look="text-muted">
        not proved yet: each night proves the days that are over
      </Badge>
    );
  }
  const wrong = [
    ...proof.unbalancedDays.map((day) => `${dateText(day, 'shortDay')} does not balance`),
    ...proof.repairedDays.map((day) => `${dateText(day, 'shortDay')} was repaired`),
  ];
  const isToday = dateAt(new Date(proof.closedAt), timeZone) === dateAt(new Date(), timeZone);
  const at = instantText(proof.closedAt, isToday ? 'minute' : 'hourOfDay', timeZone);
  return (
    <Badge
      isForAll={isForAll}
      title={laterText(proof) || undefined}
      look={wrong.length > 0 ? 'rounded bg-wrong-soft px-2 text-wrong' : 'text-muted'}
    >
      {wrong.length > 0 ? `${wrong.slice(0, 2).join(', ')}${wrong.length > 2 ? ', …' : ''}` : '0 differences'}, proved{' '}
      <time dateTime={proof.closedAt}>{at}</time>
      {isForAll && proof.laterViews > 0 && `, ${counted(proof.laterViews, 'later view', 'later views')}`}
    </Badge>
  );
}

type BadgeProps = { isForAll: boolean; title?: string; look: string; children: ReactNode };

function Badge({ isForAll, title, look, children }: BadgeProps) {
  if (!isForAll) return <p className={`text-xs leading-6 ${look}`}>{children}</p>;
  return (
    <Link href="/proof" title={title} className={`text-xs leading-6 underline-offset-4 hover:underline ${look}`}>
      {children}
    </Link>
  );
}

/** Which days the later views are of, the newest first. */
function laterText({ laterDays }: LatestProof): string {
  const days = laterDays.slice(0, 7).map(({ day, views }) => `${dateText(day, 'shortDay')}: ${exact(views)}`);
  return `${days.join(', ')}${laterDays.length > 7 ? ', …' : ''}`;
}
