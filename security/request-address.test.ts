import { expect, test } from 'vitest';
import { requestAddress } from './request-address.ts';
import { requestIdOf } from './request-id.ts';

const forwarded = { host: '127.0.0.1:3000', 'x-forwarded-host': 'boxoffice.example', 'x-forwarded-proto': 'https' };

test('what was forwarded is believed of our own proxies only', () => {
  expect(requestAddress(forwarded, true)).toEqual({ host: 'boxoffice.example', protocol: 'https' });
  expect(requestAddress(forwarded, false)).toEqual({ host: '127.0.0.1:3000', protocol: 'http' });
});

test('of a chain the part that our proxy added counts', () => {
  const chain = {
    host: 'a',
    'x-forwarded-host': 'evil.example, boxoffice.example',
    'x-forwarded-proto': 'http, https',
  };
  expect(requestAddress(chain, true)).toEqual({ host: 'boxoffice.example', protocol: 'https' });
});

test.each(['evil.example/x', 'a"><script>', 'a b', 'user@evil.example', 'a:1:2', '', '[::1', `${'a'.repeat(300)}`])(
  'the host %s is none',
  (host) => {
    expect(requestAddress({ host }, false)).toBeUndefined();
    expect(requestAddress({ host: 'a', 'x-forwarded-host': host }, true)).toBeUndefined();
  },
);

test.each(['localhost', 'Boxoffice.Example:8443', '[::1]:3000', '10.0.0.5', 'video_server'])(
  'the host %s is one',
  (host) => {
    expect(requestAddress({ host }, false)).toEqual({ host: host.toLowerCase(), protocol: 'http' });
  },
);

test('a request is called as our own proxy calls it, where that is a plain name, else by a new one', () => {
  const uuid = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/;
  expect(requestIdOf({ 'x-request-id': 'edge-1:42' }, true)).toBe('edge-1:42');
  expect(requestIdOf({ 'x-request-id': 'edge-1:42' }, false)).toMatch(uuid);
  for (const given of ['', 'a b', 'a\n', 'x'.repeat(129)])
    expect(requestIdOf({ 'x-request-id': given }, true)).toMatch(uuid);
});
