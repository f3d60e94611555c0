import { expect, test } from 'vitest';
import type { AtAge, TakingOff } from '#reports/taking-off.ts';
import { ageText, takingOffText } from './taking-off-text.ts';

const usual = { median: 100, low: 60, high: 150, videos: 10 };
const at = (age: number, people: number | null): AtAge => ({
  ...{ age, people, missing: people === null ? 'to_come' : null, usual, comparable: 10 },
  ratio: people === null ? null : people / usual.median,
});
const video = (more: Partial<TakingOff>): TakingOff => ({
  ...{ ageHours: 7, begins: '2026-03-10T12:00:00Z', current: null, earlierVideos: 10, peopleBefore: 0 },
  ages: [at(1, 40), at(6, 230), at(24, null)],
  ...more,
});

test('the sentence is of the age it has, else of the last it had', () => {
  expect(takingOffText(video({ current: at(7, 230) }))).toBe('2.3x your usual after 7 hours.');
  expect(takingOffText(video({}))).toBe('2.3x your usual after 6 hours.');
  expect(takingOffText(video({ current: at(7, 140) }))).toBe('About your usual after 7 hours.');
  expect(takingOffText(video({ current: at(7, 1_250) }))).toBe('13x your usual after 7 hours.');
  expect(takingOffText(video({ current: at(7, 40) }))).toBe('0.4x your usual after 7 hours.');
});

test('where nothing can be compared it says why', () => {
  const ages = [{ ...at(1, 5), usual: null, ratio: null }];
  expect(takingOffText(video({ ages, earlierVideos: 1 }))).toBe(
    'Nothing to compare with yet: the channel has one video before it.',
  );
  expect(takingOffText(video({ ages, ageHours: 0 }))).toBe(
    'It is in its first hour: the first comparison comes after it.',
  );
  expect(takingOffText(video({ ages, ageHours: -3 }))).toBe('It is not published yet.');
});

test('ages are told in hours and days', () => {
  expect([1, 6, 24, 168, 672, 49].map(ageText)).toEqual([
    '1 hour',
    '6 hours',
    '24 hours',
    '7 days',
    '28 days',
    '49 hours',
  ]);
});
