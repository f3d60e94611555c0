import { expect, test } from 'vitest';
import { storeZone } from '#db/reporting-zone.ts';
import { freshDatabase } from '#test/database.ts';
import { zoneChanges } from './zone-changes.ts';

test('changes of the zone are told with where they cut, the latest first', async () => {
  const { sql, db, close } = await freshDatabase();
  expect(await zoneChanges(db)).toEqual([]);
  const [now, cutAt] = [new Date('2026-03-10T12:00:00Z'), '2026-02-28T23:00:00Z'];
  const berlin = { timeZone: 'Europe/Berlin', earlier: [{ timeZone: 'UTC', until: cutAt }] };
  await sql.begin((tx) => storeZone(tx, { from: 'UTC', to: berlin, cutAt, now }));
  await sql.begin((tx) => storeZone(tx, { from: berlin, to: 'UTC', cutAt: null, now }));
  const changedAt = '2026-03-10T12:00:00Z';
  expect(await zoneChanges(db)).toEqual([
    { fromZone: 'Europe/Berlin', toZone: 'UTC', cutAt: null, changedAt },
    { fromZone: 'UTC', toZone: 'Europe/Berlin', cutAt, changedAt },
  ]);
  await close();
});
