import { expect, test } from 'vitest';
import { isForged } from './forged.ts';

const own = ['https://boxoffice.example', 'http://127.0.0.1:3000'];
const post = (headers: Record<string, string>) => isForged('POST', headers, own);

test('a POST that the browser says comes from another site, or another host of ours, is forged', () => {
  for (const site of ['cross-site', 'same-site', 'anything']) expect(post({ 'sec-fetch-site': site })).toBe(true);
  // Where both are there, the one that cannot be mistaken for another decides.
  expect(post({ 'sec-fetch-site': 'cross-site', origin: 'https://boxoffice.example' })).toBe(true);
});

test('older browsers say the origin only: it has to be one of this server', () => {
  expect(post({ origin: 'https://boxoffice.example' })).toBe(false);
  expect(post({ origin: 'HTTP://127.0.0.1:3000' })).toBe(false);
  for (const origin of ['https://evil.example', 'http://boxoffice.example', 'http://127.0.0.1:3001', 'null'])
    expect(post({ origin })).toBe(true);
});

test('this server’s own pages, and senders that are no browsers, are let through', () => {
  expect(post({ 'sec-fetch-site': 'same-origin', origin: 'https://behind-a-proxy.example' })).toBe(false);
  expect(post({ 'sec-fetch-site': 'none' })).toBe(false);
  expect(post({})).toBe(false);
});

test('what changes nothing may come from anywhere, other methods are as POST', () => {
  const cross = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(isForged(method, cross, own)).toBe(false);
  for (const method of ['PUT', 'PATCH', 'DELETE', 'post']) expect(isForged(method, cross, own)).toBe(true);
});
