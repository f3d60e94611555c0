// Of which country an address is: by the file that comes along, and by a plain reading of it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseIpAddress } from '../ip-address.ts';
import { lookUpIn, openCountries } from './countries.ts';
import { unpackTable } from './country-table.ts';
import { tableOf } from './table-of-ranges.ts';

const countryOf = openCountries();
const file = readFileSync(path.join(import.meta.dirname, 'countries.bin'));
const table = unpackTable(Uint8Array.from(file).buffer);

test.each([
  ['193.0.6.139', 'NL'],
  ['141.20.1.1', 'DE'],
  ['129.132.1.1', 'CH'],
  ['133.11.0.1', 'JP'],
  ['143.107.1.1', 'BR'],
  ['196.21.0.1', 'ZA'],
  ['128.250.0.1', 'AU'],
  ['8.8.8.8', 'US'],
  ['::ffff:8.8.8.8', 'US'],
  ['2001:4860:4860::8888', 'US'],
  ['2001:638::1', 'DE'],
  ['2001:630::1', 'GB'],
  ['2001:200::1', 'JP'],
  ['2001:da8::1', 'CN'],
  ['2409:4000::1', 'IN'],
])('%s is of %s', (address, country) => {
  expect(lookUp(address)).toBe(country);
});

test.each([
  ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '169.254.1.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ...['192.0.2.1', '198.51.100.7', '203.0.113.7', '224.0.0.1', '255.255.255.255', '::ffff:127.0.0.1'],
  ...[
    '::',
    '::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2001:db8:ffff::1',
    '2002:808:808::1',
  ],
])('%s is of no country', (address) => {
  expect(lookUp(address)).toBeNull();
});

test('a range begins with its first address and ends with its last', () => {
  const own = lookUpIn(
    tableOf('1.0.1.0,1.0.3.255,CN\n1.0.4.0,1.0.4.0,AU', '2001:db8:1::,2001:db8:1:ffff:ffff:ffff:ffff:ffff,JP'),
  );
  const found = (addresses: string[]) => addresses.map((address) => lookUp(address, own));
  expect(found(['1.0.0.255', '1.0.1.0', '1.0.3.255', '1.0.4.0', '1.0.4.1'])).toEqual([null, 'CN', 'CN', 'AU', null]);
  expect(found(['2001:db8:0:ffff::1', '2001:db8:1::', '2001:db8:1:ffff:ffff:ffff:ffff:ffff', '2001:db8:2::'])).toEqual([
    null,
    'JP',
    'JP',
    null,
  ]);
});

test('every IPv4 address has the country that a reading from the beginning finds', () => {
  const { starts, countries } = table.v4;
  expect(starts.length).toBeGreaterThan(100_000);
  const edge = fc.tuple(fc.nat(starts.length - 1), fc.constantFrom(-1, 0, 1)).map(([i, by]) => (starts[i] ?? 0) + by);
  const number = fc.oneof(
    fc.nat(0xffff_ffff),
    edge.filter((at) => at >= 0),
  );
  fc.assert(
    fc.property(number, (at) => {
      const past = starts.findIndex((start) => start > at);
      const index = (past < 0 ? starts.length : past) - 1;
      expect(countryOf({ family: 4, number: at })).toBe(table.names[countries[index] ?? 0]);
    }),
    { numRuns: 500 },
  );
});

test('every IPv6 address has the country that a reading from the beginning finds', () => {
  const { high, low, countries } = table.v6;
  expect(high.length).toBeGreaterThan(100_000);
  const placeAt = (i: number) => BigInt(high[i] ?? 0) * 2n ** 32n + BigInt(low[i] ?? 0);
  const edge = fc.tuple(fc.nat(high.length - 1), fc.constantFrom(-1n, 0n, 1n)).map(([i, by]) => placeAt(i) + by);
  const place = fc.oneof(
    fc.bigInt(0n, 2n ** 64n - 1n),
    edge.filter((at) => at >= 0n),
  );
  fc.assert(
    fc.property(place, (at) => {
      let index = 0;
      while (index + 1 < high.length && placeAt(index + 1) <= at) index += 1;
      const address = { family: 6, high: Number(at >> 32n), low: Number(at & 0xffff_ffffn) } as const;
      expect(countryOf(address)).toBe(table.names[countries[index] ?? 0]);
    }),
    { numRuns: 100 },
  );
});

function lookUp(text: string, look = countryOf): string | null {
  const address = parseIpAddress(text);
  if (!address) throw new Error(`${text} is no address`);
  return look(address);
}
