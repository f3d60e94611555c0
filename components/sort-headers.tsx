import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import type { TableQuery } from '#reports/video-table.ts';
import { tableHref } from './table-href.ts';

type Sort = TableQuery['sort'];

// `first` is the direction a column starts with: names from A, everything else from the most or newest.
const columns: { name: string; sort?: Sort; first: TableQuery['direction'] }[] = [
  { name: 'Title', sort: 'title', first: 'asc' },
  { name: 'Published', sort: 'published', first: 'desc' },
  { name: '28 days', first: 'desc' },
  { name: 'Last hour', sort: 'last-hour', first: 'desc' },
  { name: 'Lifetime', sort: 'lifetime', first: 'desc' },
];

/** Column heads as links that sort; on phones one wrapping line of them. */
export function SortHeaders({ query, path }: { query: TableQuery; path: string }) {
  return (
    <tr className="text-muted text-xs max-md:flex max-md:flex-wrap">
      {columns.map(({ name, sort, first }, index) => (
        <th
          key={name}
          scope="col"
          aria-sort={sort !== query.sort ? undefined : query.direction === 'asc' ? 'ascending' : 'descending'}
          className={`py-1 font-normal ${index === 0 || !sort ? 'text-left' : 'text-right'} ${sort ? '' : 'max-md:hidden'}`}
        >
          {sort ? (
            <Link
              href={tableHref(path, { ...query, page: 1, sort, direction: nextDirection(query, sort, first) })}
              scroll={false}
              className={`inline-flex items-center gap-1 underline-offset-4 hover:underline ${sort === query.sort ? 'font-semibold text-ink' : ''}`}
            >
              {name}
              {sort === query.sort && <Arrow direction={query.direction} />}
            </Link>
          ) : (
            name
          )}
        </th>
      ))}
    </tr>
  );
}

function nextDirection(query: TableQuery, sort: Sort, first: TableQuery['direction']): TableQuery['direction'] {
  if (query.sort !== sort) return first;
  return query.direction === 'asc' ? 'desc' : 'asc';
}

function Arrow({ direction }: { direction: TableQuery['direction'] }) {
  const Icon = direction === 'asc' ? ArrowUp : ArrowDown;
  return <Icon className="size-3" aria-hidden="true" />;
}
