import Form from 'next/form';
import type { TableQuery } from '#reports/video-table.ts';

type Props = { query: TableQuery; channels: { handle: string; name: string }[] };

const field = 'h-10 min-w-0 rounded border border-edge bg-surface px-2 text-base sm:h-8 sm:text-sm';

/** Search and channel; the sort is kept, the page starts over. */
export function Filters({ query, channels }: Props) {
  return (
    <Form
      action="/videos"
      role="search"
      className="grid grid-cols-[minmax(0,1fr)_auto] gap-2 max-sm:w-full sm:flex sm:flex-wrap"
    >
      <input type="hidden" name="sort" value={query.sort} />
      <input type="hidden" name="direction" value={query.direction} />
      <input
        key={query.search}
        type="search"
        name="search"
        defaultValue={query.search}
        aria-label="Search title or key"
        placeholder="Title or key"
        className={`${field} max-sm:col-span-2 sm:w-56`}
      />
      {channels.length > 1 && (
        <select
          key={query.channel}
          name="channel"
          defaultValue={query.channel ?? ''}
          aria-label="Channel"
          className={`${field} sm:max-w-56`}
        >
          <option value="">All channels</option>
          {channels.map(({ handle, name }) => (
            <option key={handle} value={handle}>
              {name}
            </option>
          ))}
        </select>
      )}
      <button type="submit" className="h-10 rounded border border-edge px-3 hover:bg-hover sm:h-8">
        Search
      </button>
    </Form>
  );
}
