import Link from 'next/link';
import type { ReactNode } from 'react';
import type { TableQuery } from '#reports/video-table.ts';
import { addressWith } from './address.ts';
import { exact } from './number-text.ts';

type Props = {
  query: TableQuery;
  address: string;
  total: number;
  /** Rows on this page. */
  shown: number;
  children: ReactNode;
};

const step = 'rounded border border-edge px-3 py-0.5 hover:bg-hover';

export function TablePages({ query, address, total, shown, children }: Props) {
  const before = (query.page - 1) * query.pageSize;
  const hasMore = before + shown < total;
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center gap-x-4 gap-y-2 border-ink/70 border-t py-3">
      <p className="text-muted">
        {exact(before + 1)}–{exact(before + shown)} of {exact(total)}
      </p>
      <div className="mr-auto">{children}</div>
      {query.page > 1 && (
        <Link href={pageHref(address, query.page - 1)} rel="prev" className={step}>
          Previous
        </Link>
      )}
      {hasMore && (
        <Link href={pageHref(address, query.page + 1)} rel="next" className={step}>
          Next
        </Link>
      )}
    </nav>
  );
}

function pageHref(address: string, page: number): string {
  return `${addressWith(address, { page: page > 1 ? String(page) : undefined })}#table`;
}
