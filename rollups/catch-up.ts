import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { tick } from './tick.ts';

const busyPauseMs = 100;

/** Ticks until the aggregates hold everything acknowledged before the call, beside whichever worker ticks as well. */
export async function catchUp(sql: Sql, clock: () => Date, timeZone: ReportingZone): Promise<void> {
  while (true) {
    const result = await tick(sql, clock(), timeZone);
    if (result.status === 'busy') await sleep(busyPauseMs);
    else if (result.isComplete) return;
  }
}
