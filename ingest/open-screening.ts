import type { Sql } from '#db/client.ts';
import { openCountries } from './country/countries.ts';
import { openDailySalts } from './daily-salt.ts';
import { openOwnSignals } from './own-signals.ts';
import type { Ingest } from './record-views.ts';

/** What the views of one process are screened with. */
export function openScreening(sql: Sql): Pick<Ingest, 'salts' | 'countryOf' | 'signalOf'> {
  return { salts: openDailySalts(sql), countryOf: openCountries(), signalOf: openOwnSignals() };
}
