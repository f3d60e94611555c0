// What would count twice is refused.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Author } from '#accounts/audit-entries.ts';
import { openingOf } from '#reports/opening.ts';
import { allChannels } from '#reports/subject.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos } from '#test/factories.ts';
import { recordAt } from '#test/recorded-views.ts';
import { type Entered, enterBalances } from './enter-balances.ts';
import type { NewBalance } from './new-balance.ts';
import { reverseEntry } from './reverse-entry.ts';

const now = new Date('2026-03-10T12:00:00Z');
const author: Author = { actor: 'command', now };
const today = '2026-03-10';
const studio = 'YouTube Studio';
const lifetimeOf = (video: string, views: number): NewBalance => ({ video, views, source: studio });

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  await makeVideos(database.sql, ['tide', 'storm', 'reef']);
  await recordAt(database, [{ video: 'tide', at: '2026-03-05T10:00:00Z' }], now.toISOString());
});
beforeEach(() => database.sql`truncate opening_balances`);
afterAll(() => database.close());

const enter = (...balances: NewBalance[]) => enterBalances(database.sql, balances, { whose: null, author, today });
const problemsOf = (entered: Entered) =>
  entered.status === 'refused' ? entered.problems.map((one) => one.problem) : [];
const inAll = async () => (await openingOf(database.db, allChannels)).views;

async function mustEnter(...balances: NewBalance[]): Promise<number> {
  const entered = await enter(...balances);
  if (entered.status !== 'entered') throw new Error(JSON.stringify(entered));
  return entered.entry;
}

test('the same entered twice is refused with who did it and when, however the source is written; reversed, it is taken', async () => {
  const entry = await mustEnter(lifetimeOf('tide', 10));
  const again = await enter(lifetimeOf('storm', 1), { ...lifetimeOf('tide', 12), source: 'youtube STUDIO' });
  expect(again).toEqual({
    status: 'refused',
    problems: [
      { at: 1, problem: `Already entered on 2026-03-10 by the command line (entry ${entry}): reverse that first.` },
    ],
  });
  expect(await inAll()).toBe(10);
  await mustEnter({ ...lifetimeOf('tide', 3), source: 'Vimeo' });
  await reverseEntry(database.sql, entry, null, author);
  await mustEnter(lifetimeOf('tide', 12));
  expect(await inAll()).toBe(15);
});

test('two who enter the same at the same time: one of them is refused', async () => {
  const both = await Promise.all([enter(lifetimeOf('reef', 1)), enter(lifetimeOf('reef', 1))]);
  expect(both.map(({ status }) => status).sort()).toEqual(['entered', 'refused']);
});

test('what would count twice is refused: days and all time from one source, days that Boxoffice counts, days to come', async () => {
  const daily = (video: string, day: string): NewBalance => ({ ...lifetimeOf(video, 1), day });
  const entry = await mustEnter(daily('storm', '2026-01-01'));
  expect(problemsOf(await enter(lifetimeOf('storm', 1)))).toEqual([
    `A count by the day is entered on 2026-03-10 by the command line (entry ${entry}) from ${studio}, ` +
      'so this would count twice: reverse that first.',
  ]);
  expect(problemsOf(await enter(daily('storm', '2026-01-02')))).toEqual([]);
  expect(
    problemsOf(await enter(daily('reef', '2026-01-01'), daily('reef', '2026-01-01'), lifetimeOf('reef', 2))),
  ).toEqual([
    `reef has a count of 2026-01-01 from ${studio} already here.`,
    `reef has counts from ${studio} here both with and without a day: they would count twice.`,
  ]);
  expect(problemsOf(await enter(daily('tide', '2026-03-04')))).toEqual([]);
  expect(problemsOf(await enter(daily('tide', '2026-03-05'), daily('reef', today)))).toEqual([
    'Boxoffice itself counts tide since 2026-03-05: from then on a day would count twice. ' +
      'Enter the days before, or one count without a day.',
    '2026-03-10 is not over yet: enter days that are.',
  ]);
});

test('a dry run says what would be entered, and enters nothing', async () => {
  const dry = await enterBalances(database.sql, [lifetimeOf('tide', 9)], {
    whose: null,
    author,
    today,
    isDryRun: true,
  });
  expect(dry).toEqual({ status: 'checked', balances: 1, videos: 1, views: 9 });
  expect(await inAll()).toBe(0);
});
