// Proofs on demand, for the Proof page. Nothing is changed.

import type { Sql } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { dayOf } from './day-bounds.ts';
import { type DayProof, proveDay } from './day-proof.ts';
import { keptDays } from './kept-days.ts';
import { openProofSession } from './proof-session.ts';

export type Audit = {
  /** The days whose log is kept as a whole, oldest first. */
  days(): Promise<string[]>;
  /** Counts the log of a day once more and compares every aggregate with it; undefined while another proof runs, and for a day that is not kept. */
  prove(day: string): Promise<DayProof | undefined>;
};

/** One proof at a time in a process: each reads a whole day of the log, and whoever may read dashboards may ask. */
export function openAudit(url: string, sql: Sql, timeZone: ReportingZone): Audit {
  let isProving = false;
  return {
    days: () => keptDays(sql, timeZone),
    async prove(day) {
      if (isProving) return undefined;
      isProving = true;
      try {
        const isKept = (await keptDays(sql, timeZone)).includes(day);
        return isKept ? await proveApart(url, day, timeZone) : undefined;
      } finally {
        isProving = false;
      }
    },
  };
}

async function proveApart(url: string, day: string, timeZone: ReportingZone): Promise<DayProof> {
  const session = await openProofSession(url, 'audit');
  try {
    return await proveDay(session, await dayOf(session, day, timeZone), new Date());
  } finally {
    await session.end({ timeout: 2 });
  }
}
