// A view that comes again is screened with the site it came from, however it is found out.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestDatabase } from '#test/database.ts';
import { openIngest, openLog, person, type TestIngest, viewOf } from '#test/factories.ts';
import { recordViews } from './record-views.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
let database: TestDatabase;
let ingest: TestIngest;

beforeAll(async () => {
  ({ database } = await openLog(now));
  ingest = await openIngest(database, () => now);
});

beforeEach(() => database.sql`truncate video_views, screening_minutes`);

afterAll(async () => {
  await ingest.close();
  await database.close();
});

test('in one flush and in a later one, a duplicate has the site of its page, else of its sender', async () => {
  const pageless = { ...viewOf('tide', now), page: undefined };
  const views = [viewOf('tide', now, { page: 'https://www.one.example/a' }), pageless];
  const sender = { ...person, origin: 'https://two.example:8443' };
  await recordViews(ingest, [...views, ...views], sender);
  await recordViews(ingest, views, sender);
  await recordViews(ingest, [pageless], person);
  expect(await duplicates()).toEqual([
    { origin: '', views: 1 },
    { origin: 'one.example', views: 2 },
    { origin: 'two.example', views: 2 },
  ]);
});

test('duplicates from made-up sites go under "(other)" after two hundred in a minute', async () => {
  const view = viewOf('tide', now);
  for (let sent = 0; sent < 300; sent += 50) {
    const pages = Array.from({ length: 50 }, (_, i) => `https://made-up-${sent + i}.example/`);
    await Promise.all(pages.map((page) => recordViews(ingest, [{ ...view, page }], person)));
  }
  const found = await duplicates();
  expect(found.length).toBeLessThanOrEqual(201);
  expect(found.find(({ origin }) => origin === '(other)')?.views).toBeGreaterThan(50);
  expect(found.reduce((sum, { views }) => sum + views, 0)).toBe(299);
});

function duplicates() {
  return database.sql<{ origin: string; views: number }[]>`
    select origin, views::int as views from screening_minutes where reason = 'duplicate' order by origin`;
}
