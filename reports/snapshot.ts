import type { Db } from '#db/client.ts';

export type Snapshot = Parameters<Parameters<Db['transaction']>[0]>[0];

/** Runs reports as of one moment, so that what they tell can stand on one screen: a list sums to the total beside it. */
export function inSnapshot<T>(db: Db, read: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  return db.transaction(read, { isolationLevel: 'repeatable read', accessMode: 'read only' });
}
