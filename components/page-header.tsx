import Link from 'next/link';
import type { ReactNode } from 'react';

type Crumb = { name: string; href: string };

/** The page's one title, with the way up above it. */
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
    <div className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-2">
      <div className="min-w-0">
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumb">
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
        )}
        <h1 className="text-balance font-semibold text-2xl leading-8 tracking-tight">{title}</h1>
      </div>
      {children}
    </div>
  );
}
