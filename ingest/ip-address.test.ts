import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ipv4Text, isPrivate, parseIpAddress } from './ip-address.ts';

test.each([
  ['0.0.0.0', { family: 4, number: 0 }],
  ['192.0.2.1', { family: 4, number: 3_221_225_985 }],
  ['255.255.255.255', { family: 4, number: 4_294_967_295 }],
  ['::ffff:192.0.2.1', { family: 4, number: 3_221_225_985 }],
  ['::FFFF:c000:201', { family: 4, number: 3_221_225_985 }],
  ['0:0:0:0:0:ffff:192.0.2.1', { family: 4, number: 3_221_225_985 }],
  ['2001:db8::1', { family: 6, high: 0x20010db8, low: 0 }],
  ['2001:0DB8:0:A:1:2:3:4', { family: 6, high: 0x20010db8, low: 10 }],
  ['1:2:3:4::', { family: 6, high: 0x10002, low: 0x30004 }],
  ['::3:4:5:6:7:8', { family: 6, high: 0, low: 0x30004 }],
  ['64:ff9b::192.0.2.1', { family: 6, high: 0x64ff9b, low: 0 }],
  ['fe80::1%eth0', { family: 6, high: 0xfe800000, low: 0 }],
  ['::', { family: 6, high: 0, low: 0 }],
])('%s is read', (text, address) => {
  expect(parseIpAddress(text)).toEqual(address);
});

test.each(['', 'localhost', '1.2.3', '1.2.3.256', '2001:db8', '2001::db8::1', '192.0.2.1:80', '[::1]'])(
  '%j is no address',
  (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  },
);

test('an IPv6 address is the same however it is shortened', () => {
  const words = fc.array(fc.constantFrom(0, 0, 0, 1, 0xabcd, 0xffff), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(words, (parts) => {
      const long = parts.map((part) => part.toString(16).padStart(4, '0')).join(':');
      const short = new URL(`http://[${long}]`).hostname.slice(1, -1);
      expect(parseIpAddress(short)).toEqual(parseIpAddress(long.toUpperCase()));
    }),
    { numRuns: 500 },
  );
});

test('an IPv4 address is written as it was read', () => {
  expect(ipv4Text(3_221_225_985)).toBe('192.0.2.1');
  expect(ipv4Text(0)).toBe('0.0.0.0');
});

test.each([
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['::', '::1'],
  ['fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
])('%s to %s are no addresses of the internet', (first, last) => {
  for (const text of [first, last]) expect(isOfOwn(text), text).toBe(true);
});

test.each([
  ...['9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0', '169.253.255.255'],
  ...['172.15.255.255', '172.32.0.0', '192.167.255.255', '192.169.0.0', '::1:0:0:0:0', 'fbff::1', 'fe00::1', 'fec0::1'],
])('%s stands beside them', (text) => {
  expect(isOfOwn(text)).toBe(false);
});

function isOfOwn(text: string): boolean | undefined {
  const address = parseIpAddress(text);
  return address && isPrivate(address);
}
