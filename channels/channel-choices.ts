import type { Sql } from '#db/client.ts';

/** Every channel, by name: what a form lets choose from. */
export async function channelChoices(sql: Sql): Promise<{ handle: string; name: string }[]> {
  return sql<{ handle: string; name: string }[]>`select handle, name from channels order by lower(name), handle`;
}
