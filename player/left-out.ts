// The switch with which somebody keeps their own views on a site from being counted: nothing is sent from there.
import type { Store } from './store.ts';

const name = 'left-out';

/** Turns the switch where the page's query says so; true where it is on. */
export function isLeftOut(store: Store, query: string): boolean {
  const asks = (word: string) => query.slice(1).split('&').includes(`boxoffice=${word}`);
  if (asks('leave-me-out')) store.set(name, '1');
  if (asks('count-me')) store.remove(name);
  const isOn = store.get(name) !== null;
  if (isOn) console.warn('Boxoffice does not count you on this site: ?boxoffice=count-me ends that.');
  return isOn;
}
