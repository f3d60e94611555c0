import Link from 'next/link';
import { addressWith } from '#components/address.ts';
import { type Remedy, remedies } from '#ingest/remedies.ts';
import type { Reason } from '#ingest/wire.ts';
import type { Screened } from '#reports/screened.ts';
import type { ByReason } from '#reports/screened-by-reason.ts';
import { RankedRows } from './ranked-rows.tsx';
import { RemedyText } from './remedy-text.tsx';

type Props = {
  byReason: ByReason;
  reason: Screened | undefined;
  /** What to say where there is none. */
  emptyText: string;
  /** Whether the reader operates the installation: commands are named to them only. */
  isOperator: boolean;
  address: string;
};

// Duplicates were counted.
const reasonsNotToCount = Object.entries(remedies).filter(([reason]) => reason !== 'duplicate');

/** Every reason there was, whatever is asked for, with the sentence that tells how to mend it. */
export function ReasonTable({ byReason: { reasons, refused }, reason, emptyText, isOperator, address }: Props) {
  if (refused === 0) return <AllCounted emptyText={emptyText} isOperator={isOperator} />;
  return (
    <RankedRows
      caption="Views not counted, by reason"
      heading="Reason"
      colour="bg-wrong-soft"
      total={refused}
      rows={reasons.map((row) => ({
        key: row.reason,
        views: row.views,
        name: <ReasonLink reason={row.reason} isChosen={row.reason === reason} address={address} />,
        detail: <RemedyOf reason={row.reason} isOperator={isOperator} />,
      }))}
    />
  );
}

function ReasonLink({ reason, isChosen, address }: { reason: Reason; isChosen: boolean; address: string }) {
  return (
    <Link
      href={addressWith(address, { reason: isChosen ? undefined : reason })}
      prefetch={false}
      scroll={false}
      aria-current={isChosen ? 'true' : undefined}
      className="font-mono underline decoration-rule underline-offset-4 hover:decoration-ink aria-[current]:font-semibold aria-[current]:decoration-2 aria-[current]:decoration-ink"
    >
      {reason}
    </Link>
  );
}

function RemedyOf({ reason, isOperator }: { reason: Reason; isOperator: boolean }) {
  // None for what a newer version wrote.
  const remedy: Remedy | undefined = remedies[reason];
  return remedy && <RemedyText remedy={remedy} isOperator={isOperator} />;
}

function AllCounted({ emptyText, isOperator }: Pick<Props, 'emptyText' | 'isOperator'>) {
  return (
    <div className="max-w-prose">
      <p>{emptyText}</p>
      <p className="text-muted">
        A view that cannot be counted would stand here a moment after its sender was told, with its reason, the site it
        came from, its video, and what to do:
      </p>
      <ul className="mt-2 grid gap-1 text-muted text-xs leading-5">
        {reasonsNotToCount.map(([reason, remedy]) => (
          <li key={reason}>
            <code className="font-mono text-ink">{reason}</code> <RemedyText remedy={remedy} isOperator={isOperator} />
          </li>
        ))}
      </ul>
    </div>
  );
}
