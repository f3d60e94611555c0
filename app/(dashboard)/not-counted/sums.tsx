import Link from 'next/link';
import type { ReactNode } from 'react';
import { addressWith } from '#components/address.ts';
import { CompactCount } from '#components/figure.tsx';
import type { Screened } from '#reports/screened.ts';
import type { ByReason } from '#reports/screened-by-reason.ts';

type Props = { byReason: ByReason; reason: Screened | undefined; rangeLabel: string; address: string };

/** The two sums, never added up; each leads to its own chart and lists. */
export function Sums({ byReason, reason, rangeLabel, address }: Props) {
  const isDuplicates = reason === 'duplicate';
  return (
    <ul aria-label="What is shown" className="mb-6 grid grid-cols-2 gap-x-4 sm:flex sm:gap-x-10">
      <Sum
        name="Not counted"
        count={byReason.refused}
        href={addressWith(address, { reason: undefined })}
        isShown={!isDuplicates}
        swatch="bg-wrong"
      >
        {rangeLabel}; part of no other figure
      </Sum>
      <Sum
        name="Duplicates"
        count={byReason.duplicates}
        href={addressWith(address, { reason: 'duplicate' })}
        isShown={isDuplicates}
        swatch="bg-edge"
      >
        counted before, nothing is lost
      </Sum>
    </ul>
  );
}

type SumProps = { name: string; count: number; href: string; isShown: boolean; swatch: string; children: ReactNode };

function Sum({ name, count, href, isShown, swatch, children }: SumProps) {
  return (
    <li className={`min-w-0 border-t-2 pt-1 ${isShown ? 'border-ink' : 'border-transparent'}`}>
      <p className="flex items-center gap-2 text-muted">
        <span aria-hidden="true" className={`size-2.5 ${swatch}`} />
        <Link
          href={href}
          prefetch={false}
          scroll={false}
          aria-current={isShown ? 'true' : undefined}
          className="underline decoration-rule underline-offset-4 hover:text-ink aria-[current]:font-medium aria-[current]:text-ink aria-[current]:no-underline"
        >
          {name}
        </Link>
      </p>
      <p className="text-figure">
        <span className="group relative" tabIndex={count < 1_000_000 ? undefined : 0}>
          <CompactCount count={count} />
        </span>
      </p>
      <p className="text-muted text-xs leading-5">{children}</p>
    </li>
  );
}
