import { expect, test } from 'vitest';
import { type ExplainedFigure, explainAddress } from './explain-address.ts';
import { parseExplainQuery } from './explain-query.ts';

const figures: ExplainedFigure[] = [
  { owner: {}, time: { unit: 'total' } },
  {
    owner: { video: 'first-light' },
    time: { unit: 'minute', from: '2026-03-10T11:01:00Z', to: '2026-03-10T12:01:00Z' },
  },
  { owner: { channel: 'harbour' }, time: { unit: 'hour', from: '2026-03-10T11:15:00Z', to: '2026-03-10T12:15:00Z' } },
  { owner: {}, time: { unit: 'day', from: '2026-03-01', to: '2026-03-02' } },
  { owner: {}, time: { unit: 'month' } },
  { owner: {}, time: { unit: 'month', from: '2026-03-01', to: '2026-04-01' } },
];

test('an address leads back to its figure', () => {
  for (const figure of figures) {
    const params = Object.fromEntries(new URLSearchParams(explainAddress(figure.owner, figure.time).split('?')[1]));
    expect(parseExplainQuery(params)).toEqual({ figure });
  }
});

test.each([
  [{}, /unit should be one of minute, hour, day, month and total/],
  [{ unit: 'week' }, /unit should be one of/],
  [{ unit: 'total', video: 'a', channel: 'b' }, /name one of them/],
  [{ unit: 'day' }, /like 2026-01-31\./],
  [{ unit: 'day', from: '2026-02-30', to: '2026-03-01' }, /like 2026-01-31\./],
  [{ unit: 'day', from: '0000-01-01', to: '0000-01-02' }, /begin in 1970/],
  [{ unit: 'day', from: '2026-03-02', to: '2026-03-02' }, /begin before it ends/],
  [{ unit: 'day', from: '1970-01-01', to: '2026-01-01' }, /41 years at most/],
  [{ unit: 'month', from: '2026-03-02', to: '2026-04-01' }, /one whole month/],
  [{ unit: 'month', from: '2026-03-01' }, /like 2026-01-31\./],
  [{ unit: 'hour', from: '2026-03-01', to: '2026-03-02' }, /like 2026-01-31T12:00:00Z/],
  [{ unit: 'hour', from: '2026-03-01T25:00:00Z', to: '2026-03-02T00:00:00Z' }, /like 2026-01-31T12:00:00Z/],
  [{ unit: 'hour', from: '0000-01-01T00:00:00Z', to: '0000-01-01T01:00:00Z' }, /begin in 1970/],
  [{ unit: 'hour', from: '2026-03-01T10:07:00Z', to: '2026-03-01T11:00:00Z' }, /whole hour/],
  [{ unit: 'hour', from: '2026-03-01T00:00:00Z', to: '2026-03-09T00:00:00Z' }, /72 hours at most: ask by the day/],
  [{ unit: 'minute', from: '2026-03-01T10:00:30Z', to: '2026-03-01T10:01:30Z' }, /whole minute/],
  [{ unit: 'minute', from: '2026-03-01T10:00:00Z', to: '2026-03-01T11:01:00Z' }, /an hour at most: ask by the hour/],
])('%o is refused with what it should be', (params, problem) => {
  expect(parseExplainQuery(params)).toEqual({ problem: expect.stringMatching(problem) });
});

test('a parameter that is given twice counts as given once', () => {
  expect(parseExplainQuery({ unit: ['total', 'day'], video: ['a', 'b'] })).toEqual({
    figure: { owner: { video: 'a' }, time: { unit: 'total' } },
  });
});
