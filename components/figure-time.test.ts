import { expect, test } from 'vitest';
import { timeOfPoint, timeOfRange } from './figure-time.ts';

const months = ['2026-01-01', '2026-02-01', '2026-03-01'].map((start) => ({ start }));

test('a month at the edge of two dates is the days that lie between them', () => {
  const whole = timeOfRange({ unit: 'month', from: '2026-01-15', to: '2026-03-10' });
  expect(whole).toEqual({ unit: 'day', from: '2026-01-15', to: '2026-03-10' });
  expect([0, 1, 2].map((index) => timeOfPoint(months, index, whole))).toEqual([
    { unit: 'day', from: '2026-01-15', to: '2026-02-01' },
    { unit: 'day', from: '2026-02-01', to: '2026-03-01' },
    { unit: 'day', from: '2026-03-01', to: '2026-03-10' },
  ]);
});

test('the months of all time are whole ones, the last too', () => {
  const whole = timeOfRange({ unit: 'month', from: '0001-01-01', to: '2026-04-01' });
  expect(whole).toEqual({ unit: 'month' });
  expect(timeOfPoint(months, 2, whole)).toEqual({ unit: 'month', from: '2026-03-01', to: '2026-04-01' });
});

test('an hour goes up to the next one, the last to the end of the range', () => {
  const hours = ['2026-03-10T10:00:00Z', '2026-03-10T11:00:00Z'].map((start) => ({ start }));
  const whole = timeOfRange({ unit: 'hour', from: '2026-03-10T10:00:00Z', to: '2026-03-10T12:00:00Z' });
  expect([0, 1].map((index) => timeOfPoint(hours, index, whole))).toEqual([
    { unit: 'hour', from: '2026-03-10T10:00:00Z', to: '2026-03-10T11:00:00Z' },
    { unit: 'hour', from: '2026-03-10T11:00:00Z', to: '2026-03-10T12:00:00Z' },
  ]);
});
