import { type SQL, sql } from 'drizzle-orm';

/**
 * The name of the zone that cuts the hour and the day of the instant `at`: `timeZone`, or where the reporting zone was changed and not
 * everything could be cut anew, the one before (db/reporting-zone.ts).
 */
export function zoneAt(at: SQL, timeZone: string): SQL {
  return sql`coalesce((
    select earlier ->> 'timeZone' from installation, jsonb_array_elements(earlier_zones) zones(earlier)
    where ${at} < (earlier ->> 'until')::timestamptz order by (earlier ->> 'until')::timestamptz limit 1), ${timeZone}::text)`;
}
