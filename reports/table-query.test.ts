import { expect, test } from 'vitest';
import { parseTableQuery } from './table-query.ts';

const defaults = { search: '', sort: 'lifetime', direction: 'desc', page: 1, pageSize: 25, channel: undefined };

test('without anything in the URL the most watched come first', () => {
  expect(parseTableQuery({})).toEqual(defaults);
});

test('titles begin at A unless told otherwise', () => {
  expect(parseTableQuery({ sort: 'title' }).direction).toBe('asc');
  expect(parseTableQuery({ sort: 'title', direction: 'desc' }).direction).toBe('desc');
});

test('what cannot be read gets its default', () => {
  const params = { sort: 'money', direction: 'up', page: '-3', pageSize: '1e9', channel: ' ', search: '\0' };
  expect(parseTableQuery(params)).toEqual(defaults);
  expect(parseTableQuery({ page: '0' }).page).toBe(1);
  expect(parseTableQuery({ pageSize: '5000' }).pageSize).toBe(100);
  expect(parseTableQuery({ search: ['storm', 'tide'] }).search).toBe('storm');
});
