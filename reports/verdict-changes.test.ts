import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { changeVerdict } from '#verdicts/change-verdict.ts';
import { reverseVerdict } from '#verdicts/reverse-verdict.ts';
import { mergeVideo } from '#videos/merge-video.ts';
import { verdictChanges } from './verdict-changes.ts';

const author = { actor: 'command', now: new Date('2026-03-11T09:00:00Z') } as const;
const later = { actor: 'user:gone', now: new Date('2026-03-11T10:00:00Z') } as const;
const noon = { from: new Date('2026-03-10T12:00:00Z'), to: new Date('2026-03-10T13:00:00Z') };

let database: TestDatabase;
let ids: Map<string, VideoId>;

beforeAll(async () => {
  database = await freshDatabase('UTC');
  ids = await makeVideos(database.sql, ['tide', 'ebb', 'storm']);
  await recordAt(
    database,
    [
      { video: 'tide', at: '2026-03-10T12:00:00Z', people: 3 },
      { video: 'ebb', at: '2026-03-10T12:59:59Z', people: 2 },
      { video: 'storm', at: '2026-03-10T12:30:00Z', people: 5 },
    ],
    '2026-03-11T08:00:00.000Z',
  );
  await mergeVideo(database.sql, 'ebb', 'tide', author);
});

afterAll(() => database.close());

test('a change of a video and of what was merged into it is listed once, also after it was reversed', async () => {
  const change = { video: 'tide', ...noon, verdict: 'bot', why: 'A flood.' } as const;
  expect(await changeVerdict(database.sql, change, author, 'UTC')).toEqual({ status: 'changed', id: 1, views: 5 });
  const listed = {
    ...{ id: 1, from: '2026-03-10T12:00:00.000Z', to: '2026-03-10T13:00:00.000Z', verdict: 'bot', why: 'A flood.' },
    ...{ views: 5, madeBy: 'command line', madeAt: '2026-03-11T09:00:00.000Z', reversedBy: null, reversedAt: null },
  };
  const tide = ids.get('tide') as VideoId;
  expect(await verdictChanges(database.sql, tide)).toEqual([listed]);
  expect(await verdictChanges(database.sql, ids.get('storm') as VideoId)).toEqual([]);
  expect(await changeVerdict(database.sql, change, later, 'UTC')).toEqual({ status: 'overlaps', id: 1 });

  await reverseVerdict(database.sql, 'tide', 1, later, 'UTC');
  const reversed = { reversedBy: 'somebody whose account is gone', reversedAt: '2026-03-11T10:00:00.000Z' };
  expect(await verdictChanges(database.sql, tide)).toEqual([{ ...listed, ...reversed }]);
});
