import { expect, test } from 'vitest';
import { spanOf } from './explain-span.ts';

// Days from the tenth on were cut anew, at New York's midnight.
const zone = { timeZone: 'America/New_York', earlier: [{ timeZone: 'UTC', until: '2026-03-10T04:00:00Z' }] };

test('a day is of the zone that cut it', () => {
  expect(spanOf({ unit: 'day', from: '2026-03-08', to: '2026-03-09' }, zone)).toEqual({
    from: '2026-03-08T00:00:00.000Z',
    to: '2026-03-09T00:00:00.000Z',
    firstDay: '2026-03-08',
    lastDay: '2026-03-08',
    timeZone: 'UTC',
  });
  expect(spanOf({ unit: 'day', from: '2026-03-11', to: '2026-03-12' }, zone)).toMatchObject({
    from: '2026-03-11T04:00:00.000Z',
    to: '2026-03-12T04:00:00.000Z',
    timeZone: 'America/New_York',
  });
});

test('days across the change begin in the one zone and end in the other', () => {
  expect(spanOf({ unit: 'day', from: '2026-03-08', to: '2026-03-12' }, zone)).toMatchObject({
    from: '2026-03-08T00:00:00.000Z',
    to: '2026-03-12T04:00:00.000Z',
    timeZone: 'UTC',
  });
});

test('an hour before the change is of the day of the zone before', () => {
  const hour = { unit: 'hour', from: '2026-03-09T02:00:00Z', to: '2026-03-09T03:00:00Z' } as const;
  expect(spanOf(hour, zone)).toMatchObject({ firstDay: '2026-03-09', timeZone: 'UTC' });
  expect(spanOf(hour, 'America/New_York')).toMatchObject({ firstDay: '2026-03-08' });
});
