import { expect, test } from 'vitest';
import { guessTimeFormat, type TimeFormat, timeReader } from './line-time.ts';

function read(format: TimeFormat, text: string, zone = 'UTC'): string | undefined {
  const at = timeReader(format, zone)(text);
  return at === undefined ? undefined : new Date(at).toISOString();
}

test.each<[TimeFormat, string, string]>([
  ['unix', '1181102401.229952', '2007-06-06T04:00:01.229Z'],
  ['unix_ms', '1181102401229', '2007-06-06T04:00:01.229Z'],
  ['iso', '2026-03-10T12:00:00Z', '2026-03-10T12:00:00.000Z'],
  ['iso', '2026-03-10 12:00:00.5', '2026-03-10T12:00:00.500Z'],
  ['iso', '2026-03-10 12:00:00,123456', '2026-03-10T12:00:00.123Z'],
  ['iso', '2026-03-10T12:00', '2026-03-10T12:00:00.000Z'],
  ['iso', '2026-03-10T12:00:00+05:30', '2026-03-10T06:30:00.000Z'],
  ['iso', '2026-03-10 12:00:00 -0800', '2026-03-10T20:00:00.000Z'],
  ['iso', '2026-03-10 12:00:00+02', '2026-03-10T10:00:00.000Z'],
  ['clf', '10/Mar/2026:12:00:00 -0330', '2026-03-10T15:30:00.000Z'],
])('%s reads %s', (format, text, instant) => {
  expect(read(format, text)).toBe(instant);
});

test.each<[TimeFormat, string]>([
  ['unix', '-5'],
  ['unix', '1e9'],
  ['unix', ''],
  ['iso', '2026-02-30T12:00:00Z'],
  ['iso', '2026-13-01T12:00:00Z'],
  ['iso', '2026-03-10T24:00:00Z'],
  ['iso', '2026-03-10'],
  ['clf', '10/Foo/2026:12:00:00 +0000'],
  ['clf', '31/Apr/2026:12:00:00 +0000'],
])('%s refuses %j', (format, text) => {
  expect(read(format, text)).toBeUndefined();
});

test('a time without a zone is what the clock on the wall showed, in summer and in winter', () => {
  expect(read('iso', '2026-01-15 12:00:00', 'Europe/Berlin')).toBe('2026-01-15T11:00:00.000Z');
  expect(read('iso', '2026-07-15 12:00:00', 'Europe/Berlin')).toBe('2026-07-15T10:00:00.000Z');
  expect(read('iso', '2026-07-15 12:00:00', 'Asia/Kathmandu')).toBe('2026-07-15T06:15:00.000Z');
});

test('a time that the clock skipped in spring is none, and its neighbours are', () => {
  expect(read('iso', '2026-03-29 01:59:59.999', 'Europe/Berlin')).toBe('2026-03-29T00:59:59.999Z');
  expect(read('iso', '2026-03-29 02:30:00', 'Europe/Berlin')).toBeUndefined();
  expect(read('iso', '2026-03-29 03:00:00', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
});

test('a time that came twice in autumn is the first of the two', () => {
  expect(read('iso', '2026-10-25 02:30:00', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  expect(read('iso', '2026-10-25 03:00:00', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z');
  expect(read('iso', '2026-04-05 01:45:00', 'Australia/Lord_Howe')).toBe('2026-04-04T14:45:00.000Z');
});

test('a time with a zone keeps it', () => {
  expect(read('iso', '2026-03-29 02:30:00Z', 'Europe/Berlin')).toBe('2026-03-29T02:30:00.000Z');
});

test('the notation is guessed only where all times agree', () => {
  expect(guessTimeFormat(['1181102401.2', 'nonsense', '1181102402'])).toBe('unix');
  expect(guessTimeFormat(['1181102401229'])).toBe('unix_ms');
  expect(guessTimeFormat(['2026-03-10T12:00:00Z', '2026-03-10 12:00'])).toBe('iso');
  expect(guessTimeFormat(['10/Mar/2026:12:00:00 -0330'])).toBe('clf');
  expect(guessTimeFormat(['1181102401', '2026-03-10T12:00:00Z'])).toBeUndefined();
  expect(guessTimeFormat(['nonsense'])).toBeUndefined();
});
