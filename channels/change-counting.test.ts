import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Author, auditEntriesOf } from '#accounts/audit-entries.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { changeCounting } from './change-counting.ts';
import { removeOrigin } from './change-origins.ts';
import { channelSettings } from './channel-settings.ts';
import { saveChannel } from './save-channel.ts';

const author: Author = { actor: 'user:mara', now: new Date('2026-03-10T12:00:00Z') };
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
});
afterAll(() => database.close());

const saveOrigins = (addedOrigins: string[], removedOrigins: string[] = []) =>
  saveChannel(database.sql, 'harbour', { addedOrigins, removedOrigins, counting: {} }, author);

test('videos are made at their first view only where the channel names a site', async () => {
  const change = () => changeCounting(database.sql, 'harbour', { firstViewVideosPerDay: 100 }, author);
  expect(await change()).toEqual({ status: 'needs_site' });
  await saveOrigins(['none', 'null']);
  expect(await change()).toEqual({ status: 'needs_site' });
  await saveOrigins(['*.example.com']);
  const rules = { firstViewVideosPerDay: 100, leavesOutMembers: true };
  expect(await change()).toEqual({ status: 'changed', rules });
  expect(await change()).toEqual({ status: 'unchanged', rules });
  expect(await saveOrigins([], ['*.example.com'])).toEqual({ status: 'needs_site' });
  expect(await saveOrigins(['example.org'], ['*.example.com'])).toMatchObject({ status: 'changed' });
  expect(await removeOrigin(database.sql, 'harbour', 'example.org', author)).toEqual({ status: 'needs_site' });
  expect(await channelSettings(database.sql, 'harbour')).toMatchObject({
    ...rules,
    origins: ['example.org', 'none', 'null'],
  });
});

test('each change is told with what it was before, and by whom', async () => {
  const off = { firstViewVideosPerDay: 0, leavesOutMembers: false };
  expect(await changeCounting(database.sql, 'harbour', off, author)).toEqual({ status: 'changed', rules: off });
  expect(await changeCounting(database.sql, 'nowhere', off, author)).toEqual({ status: 'no_channel' });
  const by = { actor: 'user:mara', subject: 'channel:harbour' };
  const counting = { ...by, action: 'channel.change_counting' };
  const sites = { ...by, action: 'channel.change_sites' };
  const [asMade, made] = [0, 100].map((firstViewVideosPerDay) => ({ firstViewVideosPerDay, leavesOutMembers: true }));
  expect(await auditEntriesOf(database.sql, 'channel:harbour', { limit: 9 })).toMatchObject([
    { ...counting, before: made, after: off },
    {
      ...{ ...sites, before: { sites: ['*.example.com', 'none', 'null'] } },
      after: { sites: ['example.org', 'none', 'null'] },
    },
    { ...counting, before: asMade, after: made },
    { ...sites, before: { sites: ['none', 'null'] }, after: { sites: ['*.example.com', 'none', 'null'] } },
    { ...sites, before: { sites: [] }, after: { sites: ['none', 'null'] } },
  ]);
});

test('a channel that is made by being saved is in the audit of changes, with its name and its sites', async () => {
  const changes = { name: 'The quarry', addedOrigins: ['example.com'], removedOrigins: [], counting: {} };
  expect(await saveChannel(database.sql, 'quarry', changes, author)).toMatchObject({ status: 'made' });
  expect(await saveChannel(database.sql, 'quarry', changes, author)).toMatchObject({ status: 'unchanged' });
  await saveChannel(database.sql, 'quarry', { ...changes, name: 'Quarry' }, author);
  const entries = await auditEntriesOf(database.sql, 'channel:quarry', { limit: 9 });
  expect(entries.map(({ action }) => action)).toEqual(['channel.change', 'channel.change_sites', 'channel.create']);
});
