import type { ReactNode } from 'react';
import { compactNumber } from '#reports/compact-number.ts';
import type { FigureOwner, FigureTime } from '#reports/explain-address.ts';
import { Explained } from './explained.tsx';
import { exact } from './number-text.ts';

/** A number with its name above and what it is measured against below. */
export function Figure({ name, value, children }: { name: string; value: ReactNode; children?: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="text-muted">{name}</p>
      <p className="text-figure">{value}</p>
      <div className="text-muted text-xs leading-5">{children}</div>
    </div>
  );
}

type HeadlineProps = { count: number; owner: FigureOwner; time: FigureTime };

/** A headline's number: compact on the page, exact on hover and focus, and explained when it is followed. */
export function HeadlineCount({ count, owner, time }: HeadlineProps) {
  return (
    <Explained count={count} owner={owner} time={time} isHeadline>
      <CompactCount count={count} />
    </Explained>
  );
}

/** For a place that has the class `group` and can take the focus: there the exact number shows. */
export function CompactCount({ count }: { count: number }) {
  const full = exact(count);
  // Up to six digits fit a tile; nothing is gained by hiding them.
  if (count < 1_000_000) return full;
  return (
    <>
      <span aria-hidden="true">{compactNumber(count)}</span>
      <span className="sr-only">{full}</span>
      <span
        aria-hidden="true"
        className="invisible absolute bottom-full left-0 z-10 rounded bg-ink px-2 py-1 font-normal text-canvas text-xs tracking-normal group-hover:visible group-focus-visible:visible"
      >
        {full}
      </span>
    </>
  );
}
