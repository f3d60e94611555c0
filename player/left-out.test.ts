import { afterEach, expect, test, vi } from 'vitest';
import { fakeStorage } from './fake-storage.ts';
import { isLeftOut } from './left-out.ts';
import { openStore } from './store.ts';

afterEach(() => vi.restoreAllMocks());

test('the switch is turned by the query of any page of the site, and says so while it is on', () => {
  const storage = fakeStorage();
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const open = (query: string) =>
    isLeftOut(
      openStore(() => storage),
      query,
    );
  expect([open(''), open('?boxoffice=leave-me-out-please'), open('?q=boxoffice=leave-me-out')]).toEqual([
    false,
    false,
    false,
  ]);
  expect(warned).not.toHaveBeenCalled();
  expect([open('?a=1&boxoffice=leave-me-out'), open('?a=1'), open('')]).toEqual([true, true, true]);
  expect(warned.mock.calls).toEqual(
    Array(3).fill(['Boxoffice does not count you on this site: ?boxoffice=count-me ends that.']),
  );
  expect([open('?boxoffice=count-me&b'), open('')]).toEqual([false, false]);
});

test('where nothing can be stored it holds for the page', () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const forbidden = openStore(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  expect([isLeftOut(forbidden, '?boxoffice=leave-me-out'), isLeftOut(forbidden, '')]).toEqual([true, true]);
});
