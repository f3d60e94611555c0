import { expect, test } from 'vitest';
import { returnPath } from './return-path.ts';

test.each([
  '/',
  '/videos',
  '/videos?search=a%2Fb&sort=people',
  '/videos/tide?range=all#views',
  '/explain?of=%2Fvideos',
])('%s is an address of this server', (path) => {
  expect(returnPath(path)).toBe(path);
});

test.each([
  undefined,
  '',
  'videos',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  '/%2F/evil.example',
  '/%2f%2fevil.example',
  '/%5Cevil.example',
  '/%0d%0aset-cookie:a=b',
  'https:evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  ' /videos',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\u0000videos',
  '/\u0085/evil.example',
  '@evil.example',
])('%j leads to the overview', (given) => {
  expect(returnPath(given)).toBe('/');
});
