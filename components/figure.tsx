import type { ReactNode } from 'react';
import { compactNumber } from '#reports/compact-number.ts';
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

/** Compact on the page, exact on hover, on focus and for screen readers. */
export function CompactCount({ count }: { count: number }) {
  const short = compactNumber(count);
  const full = exact(count);
  // Up to six digits fit a tile; nothing is gained by hiding them.
  if (count < 1_000_000) return full;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: focus is how a keyboard reads the exact number
    <span className="group relative" tabIndex={0}>
      <span aria-hidden="true">{short}</span>
      <span className="sr-only">{full}</span>
      <span
        aria-hidden="true"
        className="invisible absolute bottom-full left-0 z-10 rounded bg-ink px-2 py-1 font-normal text-canvas text-xs tracking-normal group-hover:visible group-focus-visible:visible"
      >
        {full}
      </span>
    </span>
  );
}
