import { expect, test } from 'vitest';
import { axisLabels, chartPoints, tickStarts, unrecordedSpans } from './chart-points.ts';

const bucket = (start: string) => ({ start, views: 5, botViews: 2, state: 'counted' as const });
const days = (from: string, count: number) =>
  Array.from({ length: count }, (_, day) => new Date(Date.parse(from) + day * 86_400_000).toISOString().slice(0, 10));

test('a bucket is told in the reporting zone, as people and bots', () => {
  const [hour] = chartPoints([bucket('2026-03-28T23:00:00Z')], 'hour', 'Asia/Kathmandu');
  expect(hour).toMatchObject({ tick: '04:45', period: 'Sun, Mar 29, 04:45–05:45', people: 3, bots: 2 });
});

test('the hour that a clock skips is not in a period', () => {
  const [hour] = chartPoints([bucket('2026-03-29T00:00:00Z')], 'hour', 'Europe/Berlin');
  expect(hour?.period).toBe('Sun, Mar 29, 01:00–03:00');
});

test('a date is the same date in every zone', () => {
  const [day] = chartPoints([bucket('2026-01-01')], 'day', 'America/Los_Angeles');
  expect(day).toMatchObject({ tick: 'Jan 1', period: 'Thu, Jan 1, 2026' });
});

test.each([
  [1, 1],
  [7, 4],
  [28, 5],
  [62, 3],
  [365, 4],
  [400, 5],
])('%i days have %i labels', (count, labels) => {
  const points = chartPoints(days('2026-01-01', count).map(bucket), 'day', 'UTC');
  expect(tickStarts(points, 'day')).toHaveLength(labels);
});

test('a year of days is labelled at first days of months', () => {
  const points = chartPoints(days('2025-11-23', 365).map(bucket), 'day', 'UTC');
  expect(tickStarts(points, 'day')).toEqual(['2025-12-01', '2026-03-01', '2026-06-01', '2026-09-01']);
});

test('over a turn of the year the first label of each year names it', () => {
  const labels = (from: string, count: number) => [
    ...axisLabels(chartPoints(days(from, count).map(bucket), 'day', 'UTC'), 'day').values(),
  ];
  expect(labels('2025-11-23', 365)).toEqual(['Dec 1, 2025', 'Mar 1, 2026', 'Jun 1', 'Sep 1']);
  expect(labels('2025-12-29', 5)).toEqual(['Dec 29, 2025', 'Dec 30', 'Dec 31', 'Jan 1, 2026', 'Jan 2']);
  expect(labels('2026-12-29', 3)).toEqual(['Dec 29', 'Dec 30', 'Dec 31']);
});

test('a month is labelled with its whole year', () => {
  const points = chartPoints(['2025-12-01', '2026-01-01'].map(bucket), 'month', 'UTC');
  expect([...axisLabels(points, 'month').values()]).toEqual(['Dec 2025', 'Jan 2026']);
});

test('buckets that were not recorded are told as runs', () => {
  const states = ['not_recorded', 'not_recorded', 'counted', 'counting', 'not_recorded'] as const;
  const buckets = states.map((state, day) => ({ ...bucket(`2026-01-0${day + 1}`), state }));
  expect(unrecordedSpans(chartPoints(buckets, 'day', 'UTC'))).toEqual([
    { first: '2026-01-01', last: '2026-01-02' },
    { first: '2026-01-05', last: '2026-01-05' },
  ]);
  expect(unrecordedSpans(chartPoints([bucket('2026-01-01')], 'day', 'UTC'))).toEqual([]);
});
