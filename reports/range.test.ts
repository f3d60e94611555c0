import { describe, expect, test } from 'vitest';
import { parseRange } from './range.ts';

const now = new Date('2026-11-22T07:30:20Z');
const read = (params: Record<string, string>, at: string | Date = now, timeZone = 'UTC') =>
  parseRange(params, new Date(at), timeZone);

describe('presets', () => {
  test('without a range the last 28 days stand, today included', () => {
    expect(read({})).toEqual({
      range: {
        preset: '28d',
        unit: 'day',
        from: '2026-10-26',
        to: '2026-11-23',
        label: 'Last 28 days',
        dates: { from: '2026-10-26', to: '2026-11-22' },
      },
    });
  });

  test.each([
    ['7d', '2026-11-16', '2026-11-23'],
    ['90d', '2026-08-25', '2026-11-23'],
    ['365d', '2025-11-23', '2026-11-23'],
    ['month', '2026-11-01', '2026-11-23'],
    ['last-month', '2026-10-01', '2026-11-01'],
  ])('%s goes from %s up to %s', (range, from, to) => {
    expect(read({ range }).range).toMatchObject({ unit: 'day', from, to });
  });

  test('all time goes by the month and has no first date yet', () => {
    const { range } = read({ range: 'all' });
    expect(range).toMatchObject({ unit: 'month', from: '0001-01-01', to: '2026-12-01', label: 'All time' });
    expect(range.dates).toEqual({ from: '', to: '2026-11-22' });
  });

  test('the month before January is last December', () => {
    expect(read({ range: 'last-month' }, '2026-01-31T23:00:00Z').range).toMatchObject({
      from: '2025-12-01',
      to: '2026-01-01',
      label: 'December 2025',
    });
  });

  test('February of a leap year has its 29th', () => {
    expect(read({ range: 'last-month' }, '2028-03-31T12:00:00Z').range.dates).toEqual({
      from: '2028-02-01',
      to: '2028-02-29',
    });
    expect(read({ range: '7d' }, '2028-03-01T12:00:00Z').range.from).toBe('2028-02-24');
  });

  test('today is the date it is in the reporting zone', () => {
    const newYear = '2025-12-31T23:30:00Z';
    expect(read({ range: 'month' }, newYear, 'Europe/Berlin').range.from).toBe('2026-01-01');
    expect(read({ range: 'month' }, newYear, 'UTC').range.from).toBe('2025-12-01');
  });
});

describe('the last 24 hours are cut as the clock of the zone cuts them', () => {
  test.each([
    ['UTC', '2026-11-22T07:30:20Z', '2026-11-21T08:00:00Z', '2026-11-22T08:00:00Z'],
    ['Asia/Kathmandu', '2026-03-10T12:00:00Z', '2026-03-09T12:15:00Z', '2026-03-10T12:15:00Z'],
    // Clocks went forward at 01:00 UTC.
    ['Europe/Berlin', '2026-03-29T10:30:00Z', '2026-03-28T11:00:00Z', '2026-03-29T11:00:00Z'],
    // Half an hour back at 15:00 UTC: the hour under way is the second 01:00, cut at half past.
    ['Australia/Lord_Howe', '2026-04-04T15:10:00Z', '2026-04-03T15:00:00Z', '2026-04-04T15:30:00Z'],
    // Half an hour forward at 15:30 UTC.
    ['Australia/Lord_Howe', '2026-10-03T16:10:00Z', '2026-10-02T16:30:00Z', '2026-10-03T17:00:00Z'],
  ])('%s at %s', (timeZone, at, from, to) => {
    expect(read({ range: '24h' }, at, timeZone).range).toMatchObject({ unit: 'hour', from, to });
  });
});

describe('custom ranges', () => {
  test('both dates are included', () => {
    expect(read({ from: '2026-01-01', to: '2026-01-31' })).toEqual({
      range: {
        preset: 'custom',
        unit: 'day',
        from: '2026-01-01',
        to: '2026-02-01',
        label: expect.stringMatching(/^Jan 1\s–\s31, 2026$/),
        dates: { from: '2026-01-01', to: '2026-01-31' },
      },
    });
  });

  test.each([
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00Z', '2026-04-05T13:30:00Z'],
    ['Asia/Kathmandu', '2026-05-01', '2026-04-30T18:15:00Z', '2026-05-01T18:15:00Z'],
    // Midnight does not exist.
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z'],
    // Midnight exists twice.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'],
  ])('one day in %s, %s, goes by the hour from its first instant to its last', (timeZone, date, from, to) => {
    expect(read({ from: date, to: date }, now, timeZone).range).toMatchObject({ unit: 'hour', from, to });
  });

  test('today ends with the hour under way', () => {
    expect(read({ from: '2026-11-22', to: '2026-11-22' }).range).toMatchObject({
      from: '2026-11-22T00:00:00Z',
      to: '2026-11-22T08:00:00Z',
    });
  });

  test('400 days go by the day, one more by the month', () => {
    expect(read({ from: '2025-10-19', to: '2026-11-22' }).range.unit).toBe('day');
    expect(read({ from: '2025-10-18', to: '2026-11-22' }).range).toMatchObject({
      unit: 'month',
      from: '2025-10-18',
      to: '2026-11-23',
    });
  });

  test('a last date in the future becomes today', () => {
    expect(read({ from: '2026-11-01', to: '2030-01-01' }).range.dates).toEqual({
      from: '2026-11-01',
      to: '2026-11-22',
    });
  });
});

describe('what cannot be read becomes the last 28 days, and says what to do', () => {
  test.each([
    [{ range: 'yesteryear' }, 'Choose one of the list'],
    [{ range: 'custom' }, 'both its first and its last date'],
    [{ from: '2026-01-01' }, 'both its first and its last date'],
    [{ to: '2026-01-01' }, 'both its first and its last date'],
    [{ from: '2026-02-30', to: '2026-03-01' }, 'like 2026-01-31'],
    [{ from: '1/2/2026', to: '2026-03-01' }, 'like 2026-01-31'],
    [{ from: '2027-02-29', to: '2027-03-01' }, 'like 2026-01-31'],
    [{ from: '2026-03-02', to: '2026-03-01' }, 'must not be after'],
    [{ from: '2026-11-23', to: '2026-11-30' }, 'future'],
    [{ from: '0000-01-01', to: '0000-01-05' }, 'begin in 1970'],
    [{ from: '1980-01-01', to: '2026-01-01' }, '40 years'],
  ])('%o', (params, words) => {
    const { range, problem } = read(params as Record<string, string>);
    expect(problem).toContain(words);
    expect(problem).toMatch(/\. Showing the last 28 days\.$/);
    expect(range.preset).toBe('28d');
  });
});
