// IP addresses as numbers, for what is decided by their network.
import { isIP } from 'node:net';

/** All of an IPv4 address; of an IPv6 address the upper 64 bits, which name its network, in two halves. */
export type IpAddress = { family: 4; number: number } | { family: 6; high: number; low: number };

/** Undefined for what is no address. IPv4 written as IPv6 (`::ffff:192.0.2.1`) is IPv4. */
export function parseIpAddress(text: string): IpAddress | undefined {
  const version = isIP(text);
  if (version === 4) return { family: 4, number: numberOf(text) };
  return version === 6 ? addressOf(wordsOf(text)) : undefined;
}

/** As it is written with dots. */
export function ipv4Text(number: number): string {
  return [24, 16, 8, 0].map((bits) => (number >>> bits) & 255).join('.');
}

/** Whether it is of a machine beside us and not of the internet: networks of one's own, carriers' shared ones, loopback. */
export function isPrivate(address: IpAddress): boolean {
  if (address.family === 6) {
    const { high, low } = address;
    return (high === 0 && low === 0) || high >>> 25 === 0xfc >> 1 || high >>> 22 === 0xfe80 >> 6;
  }
  const first = address.number >>> 24;
  const second = (address.number >>> 16) & 255;
  return (
    first === 10 ||
    first === 127 ||
    first === 0 ||
    (first === 172 && second >> 4 === 1) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >> 6 === 1)
  );
}

/** The four numbers between dots as one. */
function numberOf(text: string): number {
  return text.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}

function addressOf([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0]: number[]): IpAddress {
  const isMapped = f === 0xffff && (a | b | c | d | e) === 0;
  if (isMapped) return { family: 4, number: g * 65_536 + h };
  return { family: 6, high: a * 65_536 + b, low: c * 65_536 + d };
}

const [colon, dot, percent] = [58, 46, 37];

/**
 * The eight words of an address that is one. Letter by letter: with splitting the look-up of a country took twice as long
 * (2026-12-01).
 */
function wordsOf(text: string): number[] {
  const words: number[] = [];
  let gapAt = -1;
  let word = 0;
  let wordStart = 0;
  let at = 0;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // `%eth0` at the end is where this machine would send to.
    if (code === percent) break;
    if (code === dot) return fill([...words, ...wordsOfDotted(text.slice(wordStart))], gapAt);
    if (code !== colon) {
      word = word * 16 + digitOf(code);
      continue;
    }
    if (at > wordStart) words.push(word);
    else gapAt = words.length;
    word = 0;
    wordStart = at + 1;
  }
  if (at > wordStart) words.push(word);
  return fill(words, gapAt);
}

/** With zeros where `::` stands. */
function fill(words: number[], gapAt: number): number[] {
  return gapAt < 0 ? words : words.toSpliced(gapAt, 0, ...new Array<number>(8 - words.length).fill(0));
}

function wordsOfDotted(text: string): number[] {
  const number = numberOf(text.split('%')[0] ?? '');
  return [number >>> 16, number & 0xffff];
}

/** Of a hexadecimal digit, small or capital. */
function digitOf(code: number): number {
  return code < 58 ? code - 48 : (code | 32) - 87;
}
