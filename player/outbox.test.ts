import { describe, expect, test } from 'vitest';
import { fakeStorage, patchAway } from './fake-storage.ts';
import { type Entry, openOutbox } from './outbox.ts';
import { openStore } from './store.ts';
import { mintViewId } from './view-id.ts';

const startedAt = Date.UTC(2026, 10, 3, 14);

function entryAt(second: number, video = 'launch'): Entry {
  const at = startedAt + second * 1_000;
  return { view: { id: mintViewId(at), video }, startedAt: at, offset: 0, corrections: 0 };
}

function openTab(storage: Storage, tab: string) {
  return openOutbox(
    openStore(() => storage),
    tab,
  );
}

const idsIn = (entries: Entry[]) => entries.map(({ view }) => view.id);

describe('the outbox', () => {
  test('gives the oldest view first and forgets what is removed', () => {
    const outbox = openTab(fakeStorage(), 'a');
    const [first, second] = [entryAt(1), entryAt(2)];
    outbox.add(second);
    outbox.add(first);
    expect(idsIn(outbox.mine())).toEqual([first.view.id, second.view.id]);
    outbox.remove(first.view.id);
    expect(idsIn(outbox.mine())).toEqual([second.view.id]);
  });

  test('keeps the newest fifty', () => {
    const outbox = openTab(fakeStorage(), 'a');
    const entries = Array.from({ length: 53 }, (_, second) => entryAt(second));
    entries.forEach(outbox.add);
    expect(idsIn(outbox.mine())).toEqual(idsIn(entries.slice(3)));
  });

  test('of a tab that is gone is adopted by the next', () => {
    const storage = fakeStorage();
    const left = entryAt(1);
    openTab(storage, 'gone').add(left);
    const next = openTab(storage, 'next');
    expect(next.mine()).toEqual([]);
    next.adopt();
    expect(idsIn(next.mine())).toEqual([left.view.id]);
  });

  test('lets only the tab that a view belongs to give it a new id', () => {
    const storage = fakeStorage();
    const [slow, next] = [openTab(storage, 'slow'), openTab(storage, 'next')];
    const view = entryAt(1);
    slow.add(view);
    next.adopt();
    slow.replace(view.view.id, entryAt(2));
    expect(idsIn(next.mine())).toEqual([view.view.id]);
    expect(slow.mine()).toEqual([]);
  });

  test('does not bring back a view that another tab saw acknowledged', () => {
    const storage = fakeStorage();
    const outbox = openTab(storage, 'a');
    const view = entryAt(1);
    outbox.add(view);
    openTab(storage, 'b').remove(view.view.id);
    outbox.replace(view.view.id, entryAt(2));
    expect(outbox.mine()).toEqual([]);
  });

  test('gives no view again that a storage refuses to remove', () => {
    const storage = fakeStorage();
    const outbox = openTab(storage, 'a');
    const view = entryAt(1);
    outbox.add(view);
    patchAway(storage, 'removeItem');
    outbox.remove(view.view.id);
    outbox.adopt();
    expect(outbox.mine()).toEqual([]);
  });

  test('passes over what is not ours', () => {
    const storage = fakeStorage();
    for (const text of ['', 'null', '[]', '{"view":{}}']) storage.setItem(`boxoffice.outbox.${text}`, text);
    const outbox = openTab(storage, 'a');
    outbox.adopt();
    expect(outbox.mine()).toEqual([]);
  });
});
