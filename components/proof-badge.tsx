import Link from 'next/link';
import { dateAt } from '#reports/calendar.ts';
import { type LatestProof, latestProof } from '#reports/latest-proof.ts';
import { runtime } from '#runtime.ts';
import { counted, exact } from './number-text.ts';
import { dateText, instantText } from './time-text.ts';

/** What stands beside totals: whether they were proved, when, and how many views came since. Leads to the proof. */
export async function ProofBadge() {
  const { db, timeZone } = runtime();
  const proof = await latestProof(db);
  if (!proof) {
    return (
      <Link href="/proof" className="text-muted text-xs leading-6 underline-offset-4 hover:underline">
        not proved yet: the first night does it
      </Link>
    );
  }
  const wrong = [
    ...proof.unbalancedDays.map((day) => `${dateText(day, 'shortDay')} does not balance`),
    ...proof.repairedDays.map((day) => `${dateText(day, 'shortDay')} was repaired`),
  ];
  const isToday = dateAt(new Date(proof.closedAt), timeZone) === dateAt(new Date(), timeZone);
  const at = instantText(proof.closedAt, isToday ? 'minute' : 'hourOfDay', timeZone);
  return (
    <Link
      href="/proof"
      title={laterText(proof) || undefined}
      className={`text-xs leading-6 underline-offset-4 hover:underline ${wrong.length > 0 ? 'rounded bg-wrong-soft px-2 text-wrong' : 'text-muted'}`}
    >
      {wrong.length > 0 ? `${wrong.slice(0, 2).join(', ')}${wrong.length > 2 ? ', …' : ''}` : '0 differences'}, proved{' '}
      <time dateTime={proof.closedAt}>{at}</time>
      {proof.laterViews > 0 && `, ${counted(proof.laterViews, 'later view', 'later views')}`}
    </Link>
  );
}

/** Which days the later views are of, the newest first. */
function laterText({ laterDays }: LatestProof): string {
  const days = laterDays.slice(0, 7).map(({ day, views }) => `${dateText(day, 'shortDay')}: ${exact(views)}`);
  return `${days.join(', ')}${laterDays.length > 7 ? ', …' : ''}`;
}
