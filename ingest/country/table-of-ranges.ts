// From lines such as 1.0.0.0,1.0.0.255,AU to a table to be searched. The end of a range is its last address.
import { parseIpAddress } from '../ip-address.ts';
import type { CountryTable } from './country-table.ts';

/** A place among the addresses of its family: an IPv4 address, or the upper 64 bits of an IPv6 one. */
type Place = bigint;
type Start = { at: Place; country: number };

/**
 * Ranges that touch and are of one country become one; what lies between ranges is no country's. Throws naming the line
 * that is no range, or that does not come after the one before it.
 */
export function tableOf(v4: string, v6: string): CountryTable {
  const names: (string | null)[] = [null];
  const starts4 = startsOf(v4, 1n << 32n, names);
  const starts6 = startsOf(v6, 1n << 64n, names);
  if (names.length > 256) throw new Error('A table has room for 255 countries.');
  return {
    v4: {
      starts: Uint32Array.from(starts4, ({ at }) => Number(at)),
      countries: Uint8Array.from(starts4, ({ country }) => country),
    },
    v6: {
      high: Uint32Array.from(starts6, ({ at }) => Number(at >> 32n)),
      low: Uint32Array.from(starts6, ({ at }) => Number(at & 0xffff_ffffn)),
      countries: Uint8Array.from(starts6, ({ country }) => country),
    },
    names,
  };
}

/** `names` grows by the countries that it lacks; `end` is the first place that no address has. */
function startsOf(csv: string, end: Place, names: (string | null)[]): Start[] {
  const starts: Start[] = [{ at: 0n, country: 0 }];
  const add = (at: Place, country: number) => {
    if (starts.at(-1)?.at === at) starts.pop();
    if (starts.at(-1)?.country !== country) starts.push({ at, country });
  };
  let free = 0n;
  for (const line of csv.trimEnd().split('\n')) {
    const { first, last, name } = rangeOf(line);
    if (first < free || last < first) throw new Error(`This range does not come after the one before it: ${line}`);
    if (first > free) add(free, 0);
    add(first, numberOf(name, names));
    free = last + 1n;
  }
  if (free < end) add(free, 0);
  return starts;
}

function rangeOf(line: string): { first: Place; last: Place; name: string } {
  const [first = '', last = '', name = ''] = line.trim().split(',');
  const [from, to] = [placeOf(first), placeOf(last)];
  if (from === undefined || to === undefined || !/^[A-Z]{2}$/.test(name)) throw new Error(`This is no range: ${line}`);
  return { first: from, last: to, name };
}

function placeOf(text: string): Place | undefined {
  const address = parseIpAddress(text);
  if (!address) return undefined;
  return address.family === 4 ? BigInt(address.number) : (BigInt(address.high) << 32n) | BigInt(address.low);
}

function numberOf(name: string, names: (string | null)[]): number {
  const known = names.indexOf(name);
  return known >= 0 ? known : names.push(name) - 1;
}
