import Link from 'next/link';
import { addressWith } from '#components/address.ts';
import { type Reason, remedies } from '#ingest/wire.ts';
import type { Screened } from '#reports/screened.ts';
import type { ByReason } from '#reports/screened-by-reason.ts';
import { RankedRows } from './ranked-rows.tsx';

type Props = {
  byReason: ByReason;
  reason: Screened | undefined;
  /** Whether refusals of any of this time are kept. */
  isRecorded: boolean;
  address: string;
};

// Duplicates are no refusals.
const refusals = Object.entries(remedies).filter(([reason]) => reason !== 'duplicate');

/** Every reason there was, whatever is asked for, with the sentence that tells how to mend it. */
export function ReasonTable({ byReason: { reasons, refused }, reason, isRecorded, address }: Props) {
  if (refused === 0) return <NothingRefused isRecorded={isRecorded} />;
  return (
    <RankedRows
      caption="Refused views by reason"
      heading="Reason"
      colour="bg-wrong-soft"
      total={refused}
      rows={reasons.map((row) => ({
        key: row.reason,
        views: row.views,
        name: <ReasonLink reason={row.reason} isChosen={row.reason === reason} address={address} />,
        // None for what a newer version wrote.
        detail: remedies[row.reason] as string | undefined,
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

function NothingRefused({ isRecorded }: { isRecorded: boolean }) {
  return (
    <div className="max-w-prose">
      <p>
        {isRecorded
          ? 'No view was refused in this time.'
          : 'Of this time nothing is known: it was not recorded, or is no longer kept.'}
      </p>
      <p className="text-muted">
        A view that cannot be counted would stand here a moment after its sender was told, with its reason, the site it
        came from, its video, and what to do:
      </p>
      <ul className="mt-2 grid gap-1 text-muted text-xs leading-5">
        {refusals.map(([reason, remedy]) => (
          <li key={reason}>
            <code className="font-mono text-ink">{reason}</code> {remedy}
          </li>
        ))}
      </ul>
    </div>
  );
}
