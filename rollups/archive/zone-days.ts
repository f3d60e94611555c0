import type { Sql } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { zoneDays } from '../kept-days.ts';

/** The days of the reporting zone that overlap a UTC day, oldest first. */
export async function zoneDaysOf(sql: Sql, utcDay: string, timeZone: ReportingZone): Promise<string[]> {
  const rows = await sql<{ day: string }[]>`select day from (${zoneDays(sql, [utcDay], timeZone)}) days order by 1`;
  return rows.map(({ day }) => day);
}
