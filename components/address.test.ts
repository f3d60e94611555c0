import { expect, test } from 'vitest';
import { addressWith, paramsBeside } from './address.ts';

test('a link changes its own parameters and keeps the others', () => {
  expect(addressWith('/channels/north?range=7d&page=3', { sort: 'title', page: undefined })).toBe(
    '/channels/north?range=7d&sort=title',
  );
});

test('an address without parameters has no question mark', () => {
  expect(addressWith('/videos?page=2', { page: undefined })).toBe('/videos');
  expect(addressWith('/videos', { search: ['a&b', 'c'] })).toBe('/videos?search=a%26b');
});

test('a form carries along what it does not set itself', () => {
  expect(paramsBeside('/videos?range=7d&sort=title', ['range'])).toEqual([['sort', 'title']]);
});
