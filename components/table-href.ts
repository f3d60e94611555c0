import type { TableQuery } from '#reports/video-table.ts';

/** The address of a table's state; what the page fixes (its channel) stays out when `path` says it already. */
export function tableHref(path: string, query: TableQuery): string {
  const params = new URLSearchParams({ sort: query.sort, direction: query.direction });
  if (query.search) params.set('search', query.search);
  if (query.channel && path === '/videos') params.set('channel', query.channel);
  if (query.page > 1) params.set('page', String(query.page));
  return `${path}?${params}`;
}
