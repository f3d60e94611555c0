import { expect, onTestFinished, test } from 'vitest';
import type { VideoId } from '#db/schema.ts';
import { freshDatabase } from '#test/database.ts';
import { channelIdOf, makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { lastViewDate } from './last-view.ts';

const now = '2026-03-10T12:00:30Z';
const timeZone = 'Asia/Tokyo';

test('the last view is that of the last date in the reporting zone, and none where there never was one', async () => {
  const database = await freshDatabase(timeZone);
  onTestFinished(() => database.close());
  const tide = (await makeVideos(database.sql, ['tide'])).get('tide') ?? (0 as VideoId);
  expect(await lastViewDate(database.db, { video: tide })).toBeUndefined();
  await recordAt(
    database,
    [
      { video: 'tide', at: '2026-03-04T03:30:00Z' },
      { video: 'tide', at: '2026-03-06T20:00:00Z', bots: 1 },
    ],
    now,
    timeZone,
  );
  expect(await lastViewDate(database.db, { video: tide })).toBe('2026-03-07');
  const channel = await channelIdOf(database.sql, 'harbour');
  expect(await lastViewDate(database.db, { channel })).toBe('2026-03-07');
});
