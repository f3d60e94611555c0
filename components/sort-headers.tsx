import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import type { TableQuery } from '#reports/video-table.ts';
import { addressWith } from './address.ts';

type Sort = TableQuery['sort'];
type Direction = TableQuery['direction'];

// `first` is the direction a column starts with: names from A, everything else from the most or newest.
const columns: { name: string; sort?: Sort; first: Direction }[] = [
  { name: 'Title', sort: 'title', first: 'asc' },
  { name: 'Published', sort: 'published', first: 'desc' },
  { name: '28 days', first: 'desc' },
  { name: 'Last hour', sort: 'last-hour', first: 'desc' },
  { name: 'Lifetime', sort: 'lifetime', first: 'desc' },
];

/** Column heads as links that sort; on cards one wrapping line of them. */
export function SortHeaders({ query, address }: { query: TableQuery; address: string }) {
  return (
    <tr className="text-muted text-xs max-lg:flex max-lg:flex-wrap">
      {columns.map(({ name, sort, first }) => (
        <th
          key={name}
          scope="col"
          aria-sort={sort !== query.sort ? undefined : query.direction === 'asc' ? 'ascending' : 'descending'}
          className={`whitespace-nowrap py-1 font-normal ${sort && sort !== 'title' ? 'text-right' : 'text-left'} ${sort ? '' : 'max-lg:hidden'}`}
        >
          {sort ? (
            <Link
              href={addressWith(address, { sort, direction: nextDirection(query, sort, first), page: undefined })}
              scroll={false}
              prefetch={false}
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

function nextDirection(query: TableQuery, sort: Sort, first: Direction): Direction {
  if (query.sort !== sort) return first;
  return query.direction === 'asc' ? 'desc' : 'asc';
}

function Arrow({ direction }: { direction: Direction }) {
  const Icon = direction === 'asc' ? ArrowUp : ArrowDown;
  return <Icon className="size-3" aria-hidden="true" />;
}
