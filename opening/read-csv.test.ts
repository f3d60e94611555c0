import { expect, test } from 'vitest';
import { readCsv } from './read-csv.ts';

const read = (text: string, source?: string) => readCsv(Buffer.from(text), source);
const problems = (text: string) => {
  const found = read(text);
  return 'problems' in found ? found.problems.map(({ line, problem }) => `${line}: ${problem}`) : [];
};

test('columns stand in any order, between commas, semicolons or tabs, with quotes and a byte order mark', () => {
  const tide = { video: 'tide', views: 12, source: 'YouTube Studio', day: '2026-01-31' };
  expect(read('\ufeffviews,Day,video,source\r\n12,2026-01-31,"tide","YouTube Studio"\r\n')).toEqual({
    ...{ balances: [tide], lines: [2], zeros: 0 },
  });
  expect(read('video;views\ntide;12\n\nstorm;1', 'Vimeo')).toEqual({
    balances: [
      { video: 'tide', views: 12, source: 'Vimeo' },
      { video: 'storm', views: 1, source: 'Vimeo' },
    ],
    ...{ lines: [2, 4], zeros: 0 },
  });
  expect(read('video\tviews\tsource\ntide\t12\t')).toMatchObject({ balances: [{ source: 'another product' }] });
});

test('lines with a count of 0 say nothing, a file of nothing else is refused', () => {
  expect(read('video,views,day\ntide,0,2026-01-30\ntide,3,2026-01-31\n')).toMatchObject({ lines: [3], zeros: 1 });
  expect(problems('video,views\ntide,0\n')).toEqual(['1: Every count of the file is 0: there is nothing to enter.']);
});

test('every bad line is told, by its number and what is wrong with it', () => {
  const file = [
    'video,views,day',
    'tide,"1,204,331",2026-01-31',
    'tide,-5,2026-01-31',
    'no key,1,2026-01-31',
    'tide,1',
    'tide,1,31.01.2026',
    'tide,1,',
    'tide,"1,2026-01-31',
    'tide,9999999999999,2026-02-30',
    'tide,7,2026-02-28',
  ].join('\n');
  expect(problems(file)).toEqual([
    '2: views: should be a whole number without separators, such as 1204331',
    '3: views: should be a whole number without separators, such as 1204331',
    '4: video: should be the key of a video: 1 to 128 of A-Z a-z 0-9 _ ~ . -',
    '5: It has 2 columns where the header has 3.',
    '6: day: should look like 2026-01-31',
    '7: day: is empty; counts without a day go in a file of their own.',
    '8: Its quotes do not match.',
    '9: views: should be 1000000000000 at most; day: should look like 2026-01-31',
  ]);
});

test.each([
  ['', 'The first line should name the columns: video, views, and if there are such, day and source.'],
  ['tide,12\n', 'The first line should name the columns: video, views, and if there are such, day and source.'],
  ['video,views,date\ntide,12,2026-01-31', 'Columns are video, views, day and source: take out date.'],
  ['video,views,views\ntide,12,12', 'A column is named twice.'],
  ['video,views\n', 'The file has no line below its header.'],
  ['video,views\nti\0de,1', 'The file has a NUL byte: save it as CSV in UTF-8.'],
])('a file that begins %j is refused as a whole', (text, problem) => {
  expect(problems(text)).toEqual([`1: ${problem}`]);
});

test('a file that is not UTF-8 is refused', () => {
  expect(readCsv(Buffer.from('video,views\ntidé,1', 'latin1'), undefined)).toEqual({
    problems: [{ line: 1, problem: 'The file is not UTF-8: save it as UTF-8.' }],
  });
});
