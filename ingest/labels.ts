import type { Sql } from '#db/client.ts';

/** The numbers of labels, as one process knows them. A number never changes, so nothing is ever forgotten. */
export type Labels = Map<string, number>;

type Labelled = { device: string | null; browser: string | null; os: string | null };

/** Learns the numbers of all labels in `views`; those that nobody used before are given one. */
export async function learnLabels(sql: Sql, labels: Labels, views: Labelled[]): Promise<void> {
  const missing = new Set<string>();
  for (const view of views) {
    for (const label of [view.device, view.browser, view.os]) {
      if (label !== null && !labels.has(label)) missing.add(label);
    }
  }
  if (missing.size === 0) return;
  const names = [...missing].sort();
  // Only what is missing is inserted: `on conflict` takes a number for each row it does not insert, and they are few.
  await sql`
    insert into labels (label) select name from unnest(${names}::text[]) name
    where not exists (select from labels where label = name)
    on conflict do nothing`;
  const found = await sql<{ id: number; label: string }[]>`
    select id, label from labels where label = any(${names}::text[])`;
  for (const { id, label } of found) labels.set(label, id);
}
