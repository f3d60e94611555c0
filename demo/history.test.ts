import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBulkLog } from '#ingest/import/bulk-log.ts';
import { findDifferences } from '#rollups/differences.ts';
import { freshDatabase, type TestDatabase } from '#test/database.ts';
import { makeVideos, rollUp } from '#test/factories.ts';
import { openAudience } from './audience.ts';
import { hitKey, videos } from './catalogue.ts';
import { type PlannedHour, planGap, planHistory, plannedViews } from './plan-history.ts';
import { writeHistory } from './write-history.ts';

const now = Date.parse('2026-05-06T19:20:00Z');
const dayMs = 86_400_000;
const audience = openAudience(now, 'Europe/Berlin');

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase('Europe/Berlin');
});
afterAll(() => database.close());

test('the past has exactly the views it should have, and ends now', () => {
  const plan = planHistory(audience, audience.firstHour, now, 150_000, 250_000);
  const ofHit = plan.reduce((sum, { views }) => sum + ([...views].find(([{ key }]) => key === hitKey)?.[1] ?? 0), 0);
  expect(ofHit).toBe(150_000);
  expect(plannedViews(plan)).toBe(400_000);
  expect(plan[0]?.from).toBe(Date.parse('2025-04-05T19:00:00Z'));
  expect(plan.at(-1)).toMatchObject({ from: Date.parse('2026-05-06T19:00:00Z'), to: now });
  const seen = new Set(plan.flatMap(({ views }) => [...views.keys()]));
  expect(seen.size).toBe(videos.length);
});

test('the hit is taking off: the last full hour stands out, and goes on at the same pace', () => {
  const plan = planHistory(audience, audience.firstHour, now, 150_000, 250_000);
  const lastHour = plannedViews(plan.slice(-2, -1));
  const nextHour = plannedViews(planGap(audience, now, now + 3_600_000));
  expect(lastHour).toBeGreaterThan(1_000);
  expect(lastHour).toBeLessThan(10_000);
  expect(nextHour / lastHour).toBeGreaterThan(0.7);
  expect(nextHour / lastHour).toBeLessThan(1.3);
});

test('the same start gives the same past', () => {
  const plans = [now, now].map((at) => planHistory(openAudience(at, 'UTC'), at - 3 * dayMs, at, 500, 500));
  const [first, second] = plans.map((plan) => plan.map(({ views }) => [...views].map(([{ key }, n]) => `${key} ${n}`)));
  expect(second).toEqual(first);
});

test('the aggregates of a written past equal its log, and writing it again changes nothing', async () => {
  const { sql, url } = database;
  const ids = await makeVideos(
    sql,
    videos.map(({ key }) => key),
  );
  const plan: PlannedHour[] = planHistory(audience, now - 12 * dayMs, now, 750, 1_250);
  for (const expected of [0, 2_000]) {
    const log = openBulkLog(url, sql);
    const progress: number[] = [];
    const { signal } = new AbortController();
    await writeHistory(plan, { log, ids, now, signal, onProgress: (written) => progress.push(written) });
    await log.close();
    await rollUp(sql, now, 'Europe/Berlin');
    expect(progress.at(-1)).toBe(2_000);
    const [totals] = await sql`select views::int, bot_views::int from channel_totals where channel_id = 0`;
    expect(totals?.views).toBe(2_000);
    expect(totals?.bot_views).toBeGreaterThan(40);
    expect(totals?.bot_views).toBeLessThan(120);
    const [refused] = await sql`select coalesce(sum(views), 0)::int as views from screening_minutes`;
    expect(refused?.views).toBe(expected);
    expect(await findDifferences(sql, new Date(now), 'Europe/Berlin')).toEqual([]);
  }
});
