import { expect, test } from 'vitest';
import { packTable, unpackTable } from './country-table.ts';
import { tableOf } from './table-of-ranges.ts';

const v4 = '1.0.0.0,1.0.0.255,AU\n1.0.1.0,1.0.1.255,AU\n1.0.2.0,1.0.2.255,CN\n2.0.0.0,2.0.0.0,AU\n';
const v6 = '2001:200::,2001:200:ffff:ffff:ffff:ffff:ffff:ffff,JP\n2001:db8:0:1::,2001:db8:0:1:ffff:ffff:ffff:ffff,AU';

test('ranges that touch are joined, and what lies between ranges is of no country', () => {
  const table = tableOf(v4, v6);
  expect(table.names).toEqual([null, 'AU', 'CN', 'JP']);
  expect([...table.v4.starts]).toEqual([0, 0x01000000, 0x01000200, 0x01000300, 0x02000000, 0x02000001]);
  expect([...table.v4.countries]).toEqual([0, 1, 2, 0, 1, 0]);
  expect([...table.v6.high]).toEqual([0, 0x20010200, 0x20010201, 0x20010db8, 0x20010db8]);
  expect([...table.v6.low]).toEqual([0, 0, 0, 1, 2]);
  expect([...table.v6.countries]).toEqual([0, 3, 0, 1, 0]);
});

test('ranges may begin with the first address and end with the last', () => {
  const all = 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff';
  const table = tableOf('0.0.0.0,9.255.255.255,AU\n10.0.0.0,255.255.255.255,CN', `::,${all},JP`);
  expect([[...table.v4.starts], [...table.v4.countries]]).toEqual([
    [0, 0x0a000000],
    [1, 2],
  ]);
  expect([[...table.v6.high], [...table.v6.countries]]).toEqual([[0], [3]]);
});

test('a table is the same when it comes out of its file', () => {
  const table = tableOf(v4, v6);
  expect(unpackTable(Uint8Array.from(packTable(table)).buffer)).toEqual(table);
});

test.each([
  [
    '1.0.0.0,1.0.0.255,AU\n1.0.0.128,1.0.1.255,CN',
    'This range does not come after the one before it: 1.0.0.128,1.0.1.255,CN',
  ],
  ['1.0.0.9,1.0.0.1,AU', 'This range does not come after the one before it: 1.0.0.9,1.0.0.1,AU'],
  ['1.0.0.0,1.0.0.255,Australia', 'This is no range: 1.0.0.0,1.0.0.255,Australia'],
  ['1.0.0.0,AU', 'This is no range: 1.0.0.0,AU'],
])('%j is refused', (ranges, message) => {
  expect(() => tableOf(ranges, v6)).toThrow(message);
});
