import Link from 'next/link';
import type { LoggedChange } from '#accounts/audit-log.ts';
import { addressWith } from '#components/address.ts';
import { instantText } from '#components/time-text.ts';
import { changedFields, valueText } from './changed-fields.ts';

type Props = { entries: LoggedChange[]; address: string; timeZone: string };

export function Entries({ entries, address, timeZone }: Props) {
  return (
    <ol aria-label="Changes">
      {entries.map((entry) => (
        <li
          key={entry.id}
          className="grid gap-x-6 gap-y-1 border-rule border-t py-2 md:grid-cols-[11rem_minmax(0,1fr)]"
        >
          <p className="text-muted">
            <time dateTime={entry.at}>
              {instantText(entry.at, 'day', timeZone)}, {instantText(entry.at, 'second', timeZone)}
            </time>
            <span className="block wrap-anywhere text-ink">{entry.who}</span>
          </p>
          <div>
            <p className="wrap-anywhere">
              <span className="font-mono text-xs">{entry.action}</span>{' '}
              <Link
                href={addressWith(address, { subject: entry.subject })}
                className="font-medium underline-offset-4 hover:underline"
              >
                {entry.subject.slice(entry.subject.indexOf(':') + 1)}
              </Link>
            </p>
            <Change entry={entry} />
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Each field that is another now, with what stood there before. */
function Change({ entry: { before, after } }: { entry: LoggedChange }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-xs leading-5">
      {changedFields(before, after).map((field) => (
        <div key={field.name} className="contents">
          <dt className="text-muted">{field.name}</dt>
          <dd className="wrap-anywhere">
            {before && (
              <del className="text-muted">
                <span className="sr-only">before: </span>
                {valueText(field.before)}
              </del>
            )}
            {before && after && ' → '}
            {after && (
              <ins className="no-underline">
                <span className="sr-only">after: </span>
                {valueText(field.after)}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
