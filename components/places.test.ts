import { expect, test } from 'vitest';
import { placeOf, places } from './places.ts';

test.each([
  ['/', 'Overview'],
  ['/videos', 'Videos'],
  ['/videos/tide', 'Videos'],
  ['/watch/tide', 'Videos'],
  ['/channels/harbour', 'Channels'],
  ['/not-counted', 'Not counted'],
  ['/videos-of-old', undefined],
  ['/account', undefined],
])('%s belongs to %s', (path, name) => {
  expect(placeOf(path, places)?.name).toBe(name);
});

test('a channel belongs to the overview for whoever manages none', () => {
  const seen = places.filter(({ group }) => group === 'measured');
  expect(placeOf('/channels/harbour', seen)?.name).toBe('Overview');
});
