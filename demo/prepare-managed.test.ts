import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopes } from '#accounts/api-key.ts';
import { auditLog } from '#accounts/audit-log.ts';
import { listKeys } from '#accounts/list-keys.ts';
import { channelSettings } from '#channels/channel-settings.ts';
import { createChannel } from '#channels/create-channel.ts';
import { listEntries } from '#opening/list-entries.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { channels, videos } from './catalogue.ts';
import { prepareManaged } from './prepare-managed.ts';
import { repostOf } from './reposts.ts';

const now = new Date('2026-05-06T19:20:00Z');
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['dawn-over-the-breakwater'], channels[0]?.handle);
  for (const { handle, name } of channels) await createChannel(database.sql, { handle, name });
});
afterAll(() => database.close());

test('the pages of what is managed have something to show, made once', async () => {
  const { sql } = database;
  expect(await prepareManaged(sql, 'UTC', now)).toBe(true);
  expect(await prepareManaged(sql, 'UTC', now)).toBe(false);
  const keys = await listKeys(sql);
  const valid = keys.filter(({ state }) => state === 'valid');
  expect(valid.flatMap((key) => key.scopes).toSorted()).toEqual([...scopes].toSorted());
  expect(keys.filter(({ state }) => state === 'revoked')).toHaveLength(1);
  expect(await listEntries(sql, null, { limit: 9 })).toMatchObject([{ views: 212_400, sources: ['YouTube Studio'] }]);
  const made = (await auditLog(sql, {}, 50)).map(({ action }) => action);
  expect(new Set(made)).toEqual(new Set(['key.create', 'key.revoke', 'opening.enter', 'channel.change_sites']));
});

test('the site that shows the videos of others is on no list', async () => {
  const [hit] = videos;
  if (!hit) throw new Error('There is no hit.');
  const settings = await channelSettings(database.sql, hit.channel);
  expect(settings?.origins.length).toBeGreaterThan(1);
  expect(settings?.origins).not.toContain(new URL(repostOf(hit)).hostname);
});
