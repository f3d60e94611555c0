import { Info } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { explainAddress, type FigureOwner, type FigureTime } from '#reports/explain-address.ts';
import { exact } from './number-text.ts';

type Props = {
  count: number;
  owner: FigureOwner;
  time: FigureTime;
  /** How it stands on the page, where that is not the exact number. */
  children?: ReactNode;
  /** What screen readers say of it, where it is not the people that are explained. */
  label?: string;
  /** Headlines have the sign of it beside them, which takes no room. */
  isHeadline?: boolean;
  /** False where the figure is not seen: the tab key passes over it, screen readers do not. */
  isVisible?: boolean;
};

/** A figure that leads to what it is made of. Without the sign of a headline it looks like a figure until somebody points at it. */
export function Explained({ count, owner, time, children, label, isHeadline, isVisible = true }: Props) {
  return (
    <Link
      href={explainAddress(owner, time)}
      scroll={false}
      prefetch={false}
      tabIndex={isVisible ? undefined : -1}
      aria-label={label ?? `Explain ${exact(count)}`}
      className="group relative decoration-2 decoration-edge decoration-dotted underline-offset-4 hover:underline focus-visible:underline pointer-coarse:underline pointer-coarse:decoration-rule"
    >
      {children ?? exact(count)}
      {isHeadline && (
        <Info
          aria-hidden="true"
          className="absolute -top-1 left-full ml-1 size-3.5 text-muted opacity-60 group-hover:opacity-100 group-focus-visible:opacity-100"
        />
      )}
    </Link>
  );
}
