import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Author, auditEntriesOf } from '#accounts/audit-entries.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { changeVideo } from './change-video.ts';
import { findVideo } from './find-video.ts';
import { makeVideo } from './make-video.ts';

const author: Author = { actor: 'user:mara', now: new Date('2026-03-10T12:00:00Z') };
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
});
afterAll(() => database.close());

test('a change is in the audit trail with what stood there before; one that changes nothing is not', async () => {
  const { sql } = database;
  const first = {
    title: 'The tide',
    sourceUrl: '/clip.webm',
    durationSeconds: 61,
    publishedAt: '2026-01-31T13:00:00+01:00',
  };
  expect(await changeVideo(sql, 'tide', first, author)).toEqual({ status: 'changed' });
  expect(await changeVideo(sql, 'tide', { ...first, publishedAt: '2026-01-31T12:00:00Z' }, author)).toEqual({
    status: 'unchanged',
  });
  expect(await changeVideo(sql, 'tide', { sourceUrl: null, durationSeconds: null }, author)).toEqual({
    status: 'changed',
  });
  expect(await changeVideo(sql, 'nobody-made-this', { title: 'x' }, author)).toEqual({ status: 'no_video' });
  expect(await findVideo(sql, 'tide')).toMatchObject({
    ...{ title: 'The tide', sourceUrl: null, durationSeconds: null, publishedAt: '2026-01-31T12:00:00Z' },
  });
  expect(await auditEntriesOf(sql, 'video:tide', { limit: 5 })).toMatchObject([
    {
      ...{ actor: 'user:mara', action: 'video.change', before: { sourceUrl: '/clip.webm', durationSeconds: 61 } },
      after: { sourceUrl: null, durationSeconds: null },
    },
    {
      before: { title: 'Video tide', sourceUrl: null, durationSeconds: null },
      after: { title: 'The tide', sourceUrl: '/clip.webm', durationSeconds: 61, publishedAt: '2026-01-31T12:00:00Z' },
    },
  ]);
});

test('a video is made once, in a channel that takes videos, with an entry of it', async () => {
  const { sql } = database;
  const make = (channel: string, key: string) => makeVideo(sql, channel, { key, title: 'Ebb' }, author);
  expect(await make('harbour', 'ebb')).toEqual({ status: 'made' });
  expect(await make('harbour', 'ebb')).toEqual({ status: 'key_taken' });
  expect(await make('nowhere', 'flood')).toEqual({ status: 'no_channel' });
  await sql`update channels set archived_at = now() where handle = 'harbour'`;
  expect(await make('harbour', 'flood')).toEqual({ status: 'channel_archived' });
  expect(await auditEntriesOf(sql, 'video:ebb', { limit: 5 })).toMatchObject([
    { action: 'video.create', before: null, after: { channel: 'harbour', title: 'Ebb' } },
  ]);
  expect(await auditEntriesOf(sql, 'video:flood', { limit: 5 })).toEqual([]);
});
