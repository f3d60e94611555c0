import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { staleness } from './staleness.ts';

const noon = new Date('2026-03-10T12:00:00Z');
let database: TestDatabase;

beforeEach(async () => {
  database = await freshDatabase();
});

afterEach(() => database.close());

test('aggregates that are complete to half a minute ago are not stale', async () => {
  await readTo('2026-03-10T11:59:30Z');
  expect(await staleness(database.db, noon, 'UTC')).toBeNull();
});

test('those that are four minutes behind say why: nobody rolls up, or somebody catches up', async () => {
  await readTo('2026-03-10T11:56:00Z');
  const behind = { completeTo: '2026-03-10T11:56:00Z', secondsBehind: 240 };
  expect(await staleness(database.db, noon, 'UTC')).toEqual({ ...behind, reason: 'no rollup worker is running' });
  const worker = connect(database.url, { name: 'rollup', max: 1 });
  await worker`select 1`;
  expect(await staleness(database.db, noon, 'UTC')).toEqual({ ...behind, reason: 'the rollup is catching up' });
  await worker.end();
});

test('a server that cuts days in a zone that is no more says that it has to be restarted', async () => {
  await readTo('2026-03-10T11:56:00Z');
  await database.sql`update installation set time_zone = 'Europe/Berlin'`;
  expect((await staleness(database.db, noon, 'UTC'))?.reason).toBe(
    'the reporting zone was changed to Europe/Berlin, and this server has to be restarted',
  );
});

async function readTo(at: string): Promise<void> {
  await database.sql`
    insert into ingest_lanes (lane, kind, batch, leased_by, leased_at) values (1, 'live', 1, 'test', now())`;
  await database.sql`insert into rollup_cursors (lane, batch, complete_to) values (1, 1, ${at}::text::timestamptz)`;
}
