import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import type { EarlierZone } from '#db/schema.ts';

/** The zone of this process, and what cut the days before it did, where the reporting zone was changed. */
export async function storedZone(db: Reader, timeZone: string): Promise<ReportingZone> {
  const [row] = await db.execute<{ earlier: EarlierZone[] }>(sql`select earlier_zones as earlier from installation`);
  return row && row.earlier.length > 0 ? { timeZone, earlier: row.earlier } : timeZone;
}
