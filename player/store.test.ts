import { expect, test } from 'vitest';
import { fakeStorage, patchAway } from './fake-storage.ts';
import { openStore } from './store.ts';

test('what one page stores, the next one finds under a name of our own', () => {
  const storage = fakeStorage();
  openStore(() => storage).set('clock', '5');
  expect(storage.getItem('boxoffice.clock')).toBe('5');
  storage.setItem('theme', 'dark');
  const next = openStore(() => storage);
  expect(next.get('clock')).toBe('5');
  expect(next.names()).toEqual(['clock']);
  expect(next.isLasting).toBe(true);
});

test('where storage is forbidden, values live as long as the page', () => {
  const store = openStore(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  store.set('clock', '5');
  expect(store.get('clock')).toBe('5');
  expect(store.names()).toEqual(['clock']);
  expect(store.isLasting).toBe(false);
  store.remove('clock');
  expect(store.get('clock')).toBeNull();
});

test('a full storage loses nothing: the value is kept in memory', () => {
  const storage = fakeStorage(1);
  const store = openStore(() => storage);
  store.set('clock', '5');
  store.set('device', 'x');
  expect([store.get('clock'), store.get('device')]).toEqual(['5', 'x']);
  expect(store.names().sort()).toEqual(['clock', 'device']);
});

test.each(['setItem', 'removeItem'] as const)('a storage whose %s does nothing is not used', (method) => {
  const storage = fakeStorage();
  patchAway(storage, method);
  const store = openStore(() => storage);
  store.set('clock', '5');
  expect([store.get('clock'), store.isLasting]).toEqual(['5', false]);
  store.remove('clock');
  expect([store.get('clock'), store.names()]).toEqual([null, []]);
});

test('a storage that stops taking values loses nothing: the new value is kept in memory', () => {
  const storage = fakeStorage();
  const store = openStore(() => storage);
  store.set('clock', '5');
  patchAway(storage, 'setItem');
  store.set('clock', '6');
  expect([store.get('clock'), store.names()]).toEqual(['6', ['clock']]);
});
