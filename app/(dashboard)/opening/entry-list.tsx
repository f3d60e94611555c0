import Link from 'next/link';
import { ActionForm } from '#components/action-form.tsx';
import { countsText, exact } from '#components/number-text.ts';
import { dateText, instantText } from '#components/time-text.ts';
import type { ListedEntry } from '#opening/list-entries.ts';
import { reverse } from './reverse.ts';

/** Entries, the latest first; what was reversed stays, struck out. */
export function EntryList({ entries, timeZone }: { entries: ListedEntry[]; timeZone: string }) {
  if (entries.length === 0) return <p className="text-muted">Nothing was entered yet.</p>;
  return (
    <ul aria-label="Entries">
      {entries.map((entry) => (
        <Entry key={entry.entry} entry={entry} timeZone={timeZone} />
      ))}
    </ul>
  );
}

function Entry({ entry: listed, timeZone }: { entry: ListedEntry; timeZone: string }) {
  const { entry, views, sources, enteredBy, enteredAt, reversedBy, reversedAt } = listed;
  const day = (instant: string) => instantText(instant, 'day', timeZone);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-rule border-t py-2">
      <div className="min-w-0">
        <p className={reversedAt ? 'text-muted line-through' : ''}>
          <strong className="font-semibold">{exact(views)}</strong> from {sources.join(', ')}
        </p>
        <Counts listed={listed} />
        <p className="text-muted text-xs">
          Entry {entry}, entered by {enteredBy} on {day(enteredAt)}
          {reversedAt && `; reversed by ${reversedBy} on ${day(reversedAt)}`}
        </p>
      </div>
      {!reversedAt && listed.isTheirs && (
        <ActionForm
          action={reverse.bind(null, String(entry))}
          submit="Reverse"
          about={`entry ${entry}: ${exact(views)} views from ${sources.join(', ')}`}
          isSmall
        />
      )}
      {!reversedAt && !listed.isTheirs && (
        <p className="text-muted text-xs">Has videos of other channels: an admin reverses it.</p>
      )}
    </li>
  );
}

function Counts({ listed: { balances, videos, keys, firstDay, lastDay } }: { listed: ListedEntry }) {
  return (
    <p className="text-muted text-xs">
      {countsText(balances, videos)}
      {firstDay && lastDay && `, days ${dateText(firstDay, 'day')} to ${dateText(lastDay, 'day')}`}:{' '}
      {keys.map((key, index) => (
        <span key={key}>
          {index > 0 && ', '}
          <Link
            href={`/videos/${key}`}
            prefetch={false}
            className="break-all font-mono underline decoration-rule underline-offset-4 hover:decoration-ink"
          >
            {key}
          </Link>
        </span>
      ))}
      {videos > keys.length && ' …'}
    </p>
  );
}
