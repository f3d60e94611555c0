import type { Sql } from '#db/client.ts';
import { openCountries } from './country/countries.ts';
import { openDailySalts } from './daily-salt.ts';
import { openOwnSignals } from './own-signals.ts';
import type { Ingest } from './record-views.ts';
import { openUserSecret } from './user-viewers.ts';

/** What the views of one process are screened with. */
export function openScreening(sql: Sql): Pick<Ingest, 'salts' | 'userSecret' | 'countryOf' | 'signalOf'> {
  return {
    salts: openDailySalts(sql),
    userSecret: openUserSecret(sql),
    countryOf: openCountries(),
    signalOf: openOwnSignals(),
  };
}
