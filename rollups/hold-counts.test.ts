import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEntriesOf } from '#accounts/audit-entries.ts';
import { connect } from '#db/client.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { findVideo } from '#videos/find-video.ts';
import { moveVideoIn } from '#videos/move-video.ts';
import { withCloseLock } from './close-lock.ts';
import { holdCounts } from './hold-counts.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide']);
  await makeVideos(database.sql, ['stone'], 'quarry');
});
afterAll(() => database.close());

test('a move that a close keeps waiting is told to be busy, changes nothing, and works afterwards', async () => {
  const { sql, url } = database;
  const author = { actor: 'command', now: new Date('2026-03-10T12:00:00Z') } as const;
  const move = (patienceMs: number) =>
    holdCounts(sql, author.now, (tx, latest) => moveVideoIn(tx, 'tide', 'quarry', author, latest), patienceMs);
  const session = connect(url, { name: 'close', max: 1 });
  try {
    expect(await withCloseLock(session, () => move(50))).toEqual({ status: 'busy' });
    expect(await findVideo(sql, 'tide')).toMatchObject({ channel: 'harbour' });
    expect(await auditEntriesOf(sql, 'video:tide', { limit: 5 })).toEqual([]);
    expect(await move(5_000)).toEqual({ status: 'done', result: { status: 'moved', from: 'harbour', to: 'quarry' } });
  } finally {
    await session.end({ timeout: 2 });
  }
});
