import { expect, test } from 'vitest';
import { formatOf } from './file-format.ts';
import { parseOptions } from './options.ts';

test.each<[string, string[], RegExp]>([
  [
    '1772359200 x tide\n',
    ['--columns', 'time,_,video'],
    /^columns between spaces: time _ video; times: unix \(guessed\)$/,
  ],
  ['time,video\n2026-03-01T10:00:00Z,tide', [], /^CSV between ,: time video; times: iso \(guessed\)$/],
  ['time|video|x\n1772359200000|tide|y', [], /^CSV between \|: time video _; times: unix_ms \(guessed\)$/],
  ['{"time": 1772359200, "video": "tide"}', [], /^newline-delimited JSON; times: unix \(guessed\)$/],
  ['{"time": "x", "video": "tide"}', ['--time-format', 'iso'], /^newline-delimited JSON; times: iso$/],
])('%j with %j is told for what it is', (content, options, description) => {
  const parsed = parseOptions(['a', ...options]);
  expect(parsed && formatOf(Buffer.from(content), parsed.options).description).toMatch(description);
});

test.each<[string | Buffer, string[], RegExp]>([
  ['one two three\n', [], /not plain.*\n {2}one two three\n.*--columns/],
  ['time,video\n12 o clock,tide\n', [], /12 o clock: add --time-format/],
  ['time,video\n1772359200,tide\n2026-03-01T10:00:00Z,tide\n', [], /--time-format/],
  ['a b\n', ['--columns', 'video,title'], /video, and time or id/],
  ['a b\n', ['--columns', 'time,_,video'], /--delimiter/],
  ['x\n', ['--format', 'combined'], /--video-pattern/],
  ['', [], /\(it is empty\)/],
  ['x', ['--columns', 'time,colour'], /--columns: should be made of/],
  ['x', ['--columns', 'time,video,video'], /--columns: names a column twice/],
  ['x', ['--time-zone', 'Mars/Olympus'], /--time-zone: should be a zone/],
  ['x', ['--video-pattern', '('], /--video-pattern: should be a regular expression with a group/],
  ['x', ['--create-videos', 'No Handle'], /--create-videos: should be 1 to 63/],
  [Buffer.from('\uFEFFtime,video', 'utf16le'), [], /UTF-8/],
])('%j with %j says what to do', (content, options, message) => {
  const read = () => {
    const parsed = parseOptions(['a', ...options]);
    return parsed && formatOf(Buffer.from(content), parsed.options);
  };
  expect(read).toThrow(message);
});
