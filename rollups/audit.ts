// Proofs on demand, for the Proof page. Nothing is changed.
import { connect, type Sql } from '#db/client.ts';
import { keptDays } from './close-due-days.ts';
import { type DayProof, proveDay } from './day-proof.ts';

export type Audit = {
  /** The days whose log is kept, oldest first. */
  days(): Promise<string[]>;
  /** Counts the log of a day once more and compares every aggregate with it. */
  prove(day: string): Promise<DayProof>;
};

export function openAudit(url: string, sql: Sql, timeZone: string): Audit {
  // One at a time in a process: a proof reads a whole day of the log.
  let last: Promise<unknown> = Promise.resolve();
  return {
    days: () => keptDays(sql, timeZone),
    prove(day) {
      const proof = last.then(() => proveAlone(url, day, timeZone));
      last = proof.catch(() => {});
      return proof;
    },
  };
}

/** On a connection of its own, which keeps the working tables of the proof. */
async function proveAlone(url: string, day: string, timeZone: string): Promise<DayProof> {
  const session = connect(url, { name: 'audit', max: 1, statementTimeoutMs: 300_000 });
  try {
    return await proveDay(session, day, timeZone, new Date());
  } finally {
    await session.end({ timeout: 2 });
  }
}
