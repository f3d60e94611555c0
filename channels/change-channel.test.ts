import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Author, auditEntriesOf } from '#accounts/audit-entries.ts';
import { channelList } from '#reports/channel-list.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { moveVideo } from '#videos/move-video.ts';
import { saveVideo } from '#videos/save-video.ts';
import { archiveChannel, bringChannelBack } from './archive-channel.ts';
import { changeChannel } from './change-channel.ts';

const now = '2026-03-10T12:00:00Z';
const author: Author = { actor: 'user:mara', now: new Date(now) };
let database: TestDatabase;

beforeEach(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide'], 'harbour');
  await makeVideos(database.sql, ['stone'], 'quarry');
  await recordAt(database, [{ video: 'tide', at: now, people: 2 }], now);
});
afterEach(() => database.close());

const listed = async () =>
  (await channelList(database.db, 'all', new Date(now), 'UTC')).map(({ handle, name, people }) => ({
    handle,
    name,
    people,
  }));

test('a channel gets another name and handle, and keeps what was counted for it', async () => {
  const changed = await changeChannel(database.sql, 'harbour', { handle: 'port', name: 'The port' }, author);
  expect(changed).toEqual({ status: 'changed', handle: 'port' });
  expect(await listed()).toEqual([
    { handle: 'port', name: 'The port', people: 2 },
    { handle: 'quarry', name: 'quarry', people: 0 },
  ]);
  expect(await auditEntriesOf(database.sql, 'channel:harbour', { limit: 5 })).toMatchObject([
    {
      ...{ actor: 'user:mara', action: 'channel.change', before: { handle: 'harbour', name: 'harbour' } },
      after: { handle: 'port', name: 'The port' },
    },
  ]);
});

test('a handle that is taken, a channel that is not there and nothing to change are told', async () => {
  const { sql } = database;
  expect(await changeChannel(sql, 'harbour', { handle: 'quarry' }, author)).toEqual({ status: 'handle_taken' });
  expect(await changeChannel(sql, 'nowhere', { name: 'N' }, author)).toEqual({ status: 'no_channel' });
  expect(await changeChannel(sql, 'harbour', { name: 'harbour' }, author)).toMatchObject({ status: 'unchanged' });
  expect(await auditEntriesOf(sql, 'channel:harbour', { limit: 5 })).toEqual([]);
});

test('an archived channel takes no more videos, and is counted and listed as before', async () => {
  const { sql } = database;
  const before = await listed();
  expect(await archiveChannel(sql, 'harbour', author)).toEqual({ status: 'archived' });
  expect(await archiveChannel(sql, 'harbour', author)).toEqual({ status: 'unchanged' });
  await expect(saveVideo(sql, 'ebb', 'harbour', {}, author)).rejects.toThrow(
    /harbour is archived and takes no more videos/,
  );
  expect(await moveVideo(sql, 'stone', 'harbour', author)).toEqual({ status: 'channel_archived' });
  expect(await saveVideo(sql, 'tide', 'harbour', { title: 'The tide' }, author)).toMatchObject({ status: 'changed' });
  expect(await listed()).toEqual(before);
  expect(await bringChannelBack(sql, 'harbour', author)).toEqual({ status: 'brought_back' });
  expect(await saveVideo(sql, 'ebb', 'harbour', {}, author)).toMatchObject({ status: 'made' });
  expect(await archiveChannel(sql, 'nowhere', author)).toEqual({ status: 'no_channel' });
  const entries = await auditEntriesOf(sql, 'channel:harbour', { limit: 5 });
  expect(entries.map(({ action }) => action)).toEqual(['channel.bring_back', 'channel.archive']);
});
