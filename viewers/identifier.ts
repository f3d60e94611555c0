// Group commit of identifications: each transaction keeps the rollup waiting, so those that come meanwhile go into the next one.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '#accounts/audit-entries.ts';
import type { Sql } from '#db/client.ts';
import { bindDevices, type Identification, type Identified } from './bind-device.ts';

export type Identifier = {
  /** Resolves after the commit, in the order given; undefined when too many wait already. Rejects when the database is away. */
  identify(asked: Identification[], actor: Actor): Promise<Identified[] | undefined>;
};

type Waiting = {
  asked: Identification[];
  actor: Actor;
  resolve(outcomes: Identified[]): void;
  reject(error: unknown): void;
};

const gatherMs = 200;
const mostWaiting = 10_000;

export function openIdentifier(sql: Sql, clock: () => number): Identifier {
  let queue: Waiting[] = [];
  let isFlushing = false;

  async function flushAll(): Promise<void> {
    isFlushing = true;
    while (queue.length > 0) {
      await sleep(gatherMs);
      const batch = queue;
      queue = [];
      for (const [actor, some] of Map.groupBy(batch, (one) => one.actor)) await flush(actor, some);
    }
    isFlushing = false;
  }

  /** All of one key's in one transaction. */
  async function flush(actor: Actor, batch: Waiting[]): Promise<void> {
    try {
      const asked = batch.flatMap((one) => one.asked);
      const outcomes = await bindDevices(sql, asked, { actor, now: new Date(clock()) });
      let from = 0;
      for (const one of batch) {
        one.resolve(outcomes.slice(from, from + one.asked.length));
        from += one.asked.length;
      }
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }

  return {
    identify(asked, actor) {
      const waiting = queue.reduce((sum, one) => sum + one.asked.length, 0);
      if (waiting + asked.length > mostWaiting) return Promise.resolve(undefined);
      return new Promise((resolve, reject) => {
        queue.push({ asked, actor, resolve, reject });
        if (!isFlushing) void flushAll();
      });
    },
  };
}
