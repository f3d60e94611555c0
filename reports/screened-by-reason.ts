import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import type { Reason } from '#ingest/wire.ts';
import type { Range } from './range.ts';
import { screenedBy } from './screened.ts';
import type { Subject } from './subject.ts';

export type ByReason = {
  /** The most frequent first; they sum to `refused`. */
  reasons: { reason: Reason; views: number }[];
  refused: number;
  duplicates: number;
};

/** What was refused for which reason, and how many views were sent again, of a subject. */
export async function screenedByReason(db: Reader, range: Range, subject: Subject): Promise<ByReason> {
  const { table, isIn } = screenedBy(range, subject);
  const rows = await db.execute<{ reason: Reason | 'duplicate'; views: number }>(sql`
    select reason, sum(views)::float8 as views from ${table} where ${isIn} group by 1 order by 2 desc, 1`);
  const reasons = rows.flatMap(({ reason, views }) => (reason === 'duplicate' ? [] : [{ reason, views }]));
  return {
    reasons,
    refused: reasons.reduce((sum, { views }) => sum + views, 0),
    duplicates: rows.find(({ reason }) => reason === 'duplicate')?.views ?? 0,
  };
}
