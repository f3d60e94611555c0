import type { Db, Reader } from '#db/client.ts';

/** Runs reports as of one moment, so that what they tell can stand on one screen: a list sums to the total beside it. */
export function inSnapshot<T>(db: Db, read: (snapshot: Reader) => Promise<T>): Promise<T> {
  return db.transaction(read, { isolationLevel: 'repeatable read', accessMode: 'read only' });
}
