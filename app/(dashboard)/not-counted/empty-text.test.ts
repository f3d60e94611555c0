import { expect, test } from 'vitest';
import type { PointState } from '#reports/views-over-time.ts';
import { emptyText } from './empty-text.ts';
import { screenedPoints } from './screened-points.ts';

const pointsOf = (...states: PointState[]) =>
  screenedPoints(
    states.map((state, i) => ({ start: `2026-03-0${i + 1}`, views: 0, state })),
    'day',
    'UTC',
  );

test('of a time that is on record as a whole it says that every view was counted, or what was asked for', () => {
  const points = pointsOf('counted', 'counting');
  expect(emptyText(points, undefined)).toBe('In this time every view that came in was counted.');
  expect(emptyText(points, 'too_old')).toBe('In this time no view was left out for this reason.');
  expect(emptyText(points, 'duplicate')).toBe('In this time no view was sent again.');
});

test('of a time that is on record in part it says since when', () => {
  expect(emptyText(pointsOf('not_recorded', 'counted'), undefined)).toBe(
    'Since Mon, Mar 2, 2026 every view that came in was counted; nothing is on record of the time before.',
  );
});

test('of a time that is on no record it claims nothing', () => {
  expect(emptyText(pointsOf('not_recorded', 'not_recorded'), undefined)).toBe('Nothing is on record of this time.');
});
