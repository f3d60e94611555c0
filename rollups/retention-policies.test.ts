import { expect, test } from 'vitest';
import { readEnv } from '../env.ts';
import { refuseTooShort, retentionPolicies } from './retention-policies.ts';

test('the log is kept for 90 days, or as long as is asked; days, months and totals for ever, viewers for 35 days', () => {
  const kept = (logDays?: number) => retentionPolicies(logDays).map(({ fact, keptDays }) => [fact, keptDays]);
  expect(kept()).toEqual([
    ['view log', 90],
    ['minutes', 2],
    ['hours', 400],
    ['days', null],
    ['months', null],
    ['totals', null],
    ['viewers', 35],
    ['viewers by day', null],
    ['viewers by month', null],
    ['breakdowns', 800],
    ['not counted, by minute', 90],
    ['not counted', 400],
  ]);
  expect(kept(9)[0]).toEqual(['view log', 9]);
});

test('a policy below the least is refused', () => {
  expect(() => retentionPolicies(8)).toThrow('The view log must be kept for at least 9 whole days, not 8.');
  for (const policy of retentionPolicies().filter(({ keptDays }) => keptDays !== null)) {
    expect(() => refuseTooShort({ ...policy, keptDays: policy.leastDays - 1 })).toThrow('at least');
  }
});

test('LOG_DAYS below 9 is refused by its name', () => {
  expect(() => readEnv({ LOG_DAYS: '8' })).toThrow('LOG_DAYS: should be a whole number from 9 to 36500');
  expect(readEnv({ LOG_DAYS: '30' }).LOG_DAYS).toBe(30);
});
