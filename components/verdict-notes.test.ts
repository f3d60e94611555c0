import { expect, test } from 'vitest';
import { chartParts, chartPoints } from './chart-points.ts';
import { withVerdicts } from './verdict-notes.ts';

const bucket = (start: string) => ({ start, views: 5, botViews: 2, state: 'counted' as const });
const change = { verdict: 'bot', why: 'A script', reversedAt: null } as const;
const notesOf = (
  starts: string[],
  unit: 'hour' | 'day' | 'month',
  changes: Parameters<typeof withVerdicts>[2],
  zone: string,
) => withVerdicts(chartPoints(starts.map(bucket), unit, zone), unit, changes, zone).map(({ note }) => note);

test('days are noted where a change has views of theirs, in the reporting zone', () => {
  // From 23:00 of March 28 to midnight of March 30 in Berlin, where the 29th has 23 hours.
  const span = { ...change, from: '2026-03-28T22:00:00.000Z', to: '2026-03-29T22:00:00.000Z' };
  const days = ['2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30'];
  expect(notesOf(days, 'day', [span], 'Europe/Berlin')).toEqual([
    undefined,
    'set aside: A script',
    'set aside: A script',
    undefined,
  ]);
  expect(notesOf(['2026-02-01', '2026-03-01'], 'month', [span], 'Europe/Berlin')).toEqual([
    undefined,
    'set aside: A script',
  ]);
});

test('an hour tells every change that holds, in the order they were made, and none that was reversed', () => {
  const first = { ...change, from: '2026-03-10T12:00:00.000Z', to: '2026-03-10T12:30:00.000Z' };
  const second = {
    ...first,
    verdict: 'person',
    why: 'A crowd',
    from: first.to,
    to: '2026-03-10T13:00:00.000Z',
  } as const;
  const reversed = { ...first, why: 'A mistake', reversedAt: '2026-03-11T00:00:00.000Z' };
  expect(notesOf(['2026-03-10T12:00:00Z', '2026-03-10T13:00:00Z'], 'hour', [reversed, second, first], 'UTC')).toEqual([
    'set aside: A script; released: A crowd',
    undefined,
  ]);
});

test('a chart draws people, bots on top of them, or bots alone', () => {
  const points = chartPoints([{ ...bucket('2026-03-10'), opening: 7 }], 'day', 'UTC');
  expect(chartParts(points, 'people')).toEqual(['people', 'opening']);
  expect(chartParts(points, 'with')).toEqual(['people', 'bots', 'opening']);
  expect(chartParts(points, 'only')).toEqual(['bots']);
});
