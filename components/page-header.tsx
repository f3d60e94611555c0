import Link from 'next/link';
import type { ReactNode } from 'react';

type Crumb = { name: string; href: string };

/** The page's one title, with the way up above it. On phones `children` stand below it. */
export function PageHeader({
  title,
  crumbs = [],
  children,
}: {
  title: string;
  crumbs?: Crumb[];
  children?: ReactNode;
}) {
  return (
    <div className="mb-4 grid grid-cols-[minmax(0,1fr)_auto] items-end gap-x-8 sm:mb-6">
      {crumbs.length > 0 && <Breadcrumb crumbs={crumbs} />}
      <h1 className="text-balance font-semibold text-xl leading-7 tracking-tight max-sm:col-span-2 sm:col-start-1 sm:text-2xl sm:leading-8">
        {title}
      </h1>
      {children && (
        <div
          className={
            crumbs.length > 0
              ? 'max-sm:col-span-2 max-sm:mt-2 sm:col-start-2 sm:row-span-2 sm:row-start-1'
              : 'max-sm:col-span-2 max-sm:mt-2 sm:col-start-2'
          }
        >
          {children}
        </div>
      )}
    </div>
  );
}

function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="max-sm:col-span-2 sm:col-start-1">
      <ol className="flex flex-wrap text-muted">
        {crumbs.map(({ name, href }) => (
          <li key={href} className="after:px-2 after:text-edge after:content-['/'] last:after:content-none">
            <Link href={href} className="underline-offset-4 hover:text-ink hover:underline">
              {name}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
