// The state of the video table as it stands in the URL. Pure.
export type TableSort = 'lifetime' | 'last-hour' | 'title' | 'published';

export type TableQuery = {
  /** Part of a title or key; empty: every video. */
  search: string;
  sort: TableSort;
  direction: 'asc' | 'desc';
  /** From 1. */
  page: number;
  pageSize: number;
  /** A channel's handle. */
  channel?: string;
};

const sorts: readonly TableSort[] = ['lifetime', 'last-hour', 'title', 'published'];
const defaultPageSize = 25;
const maxPageSize = 100;
const maxPage = 100_000;

/** Reads a table's state from the URL; whatever cannot be read gets its default. */
export function parseTableQuery(params: Record<string, string | string[] | undefined>): TableQuery {
  const text = (name: string) => {
    const value = params[name];
    // Postgres refuses NUL.
    return ((Array.isArray(value) ? value[0] : value) ?? '').replaceAll('\0', '').trim();
  };
  const sort = sorts.find((one) => one === text('sort')) ?? 'lifetime';
  return {
    search: text('search').slice(0, 200),
    sort,
    direction: directionOf(text('direction'), sort),
    page: wholeNumber(text('page'), 1, maxPage),
    pageSize: wholeNumber(text('pageSize'), defaultPageSize, maxPageSize),
    channel: text('channel') || undefined,
  };
}

/** Titles begin at A, everything else with the most or the newest. */
function directionOf(text: string, sort: TableSort): 'asc' | 'desc' {
  if (text === 'asc' || text === 'desc') return text;
  return sort === 'title' ? 'asc' : 'desc';
}

function wholeNumber(text: string, fallback: number, max: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return value >= 1 ? Math.min(value, max) : fallback;
}
