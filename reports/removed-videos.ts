// Videos that were merged or deleted keep their key and their rows, and are in no list. They are few: read at once, out of an index.
import { type SQL, sql } from 'drizzle-orm';

/** Whether the video `id` was neither merged nor deleted. */
export function isNotRemoved(id: SQL): SQL {
  return sql`${id} <> all(array(select id from videos where removed_at is not null))`;
}

/** Whether `v` is the video that `key` leads to: its own, or the one that was merged into. */
export function isVideoOf(key: string): SQL {
  return sql`v.id = (select coalesce(merged_into, id) from videos where key = ${key})`;
}
