// Retention: drops what is older than its policy and proved. Everything else stays, and says why.

import type { Sql } from '#db/client.ts';
import { isLockTimeout } from '#db/partitions.ts';
import { type ReportingZone, readZone, refuseOtherZone } from '#db/reporting-zone.ts';
import { dropLogDay, type LogArchives } from './archive/drop-log-day.ts';
import { dropRestoredDay } from './archive/drop-restored-day.ts';
import type { Probe } from './archive/write-archive.ts';
import { withCloseLock } from './close-lock.ts';
import { dropAggregate } from './drop-aggregate.ts';
import { isTooOld, type PlannedDrop, planRetention } from './retention-plan.ts';
import type { RetentionPolicy } from './retention-policies.ts';
import { forgetBoundViews } from './viewers/bind-viewers.ts';

export type Retained = { partition: string; dueOn: string } & (
  | { status: 'dropped'; rows: number; fileName?: string | null }
  | { status: 'kept'; because: string }
);

export type Retention = {
  policies: RetentionPolicy[];
  archives: LogArchives;
  timeZone: ReportingZone;
  now: Date;
  /** Called with each partition that was too old, as soon as it is known what became of it. */
  onRetained?: (retained: Retained) => void;
  probe?: Probe;
};

/**
 * Drops every partition that is due, oldest first. Returns what became of those that were too old, and what is kept because it is
 * younger. Throws when a file cannot be written: that log stays. `sql` has one connection of its own.
 */
export async function retain(sql: Sql, retention: Retention): Promise<{ tooOld: Retained[]; young: PlannedDrop[] }> {
  const { policies, timeZone, now, onRetained } = retention;
  const planned = await planRetention(sql, policies, timeZone);
  const tooOld: Retained[] = [];
  for (const one of inOrder(planned.filter(({ dueOn }) => isTooOld(dueOn, now)))) {
    const retained = { partition: one.partition.name, dueOn: one.dueOn, ...(await drop(sql, one, retention)) };
    tooOld.push(retained);
    onRetained?.(retained);
  }
  await forgetBoundViews(sql);
  return { tooOld, young: planned.filter(({ dueOn }) => !isTooOld(dueOn, now)) };
}

/** The log last: writing its files may fail, for want of space. */
function inOrder(planned: PlannedDrop[]): PlannedDrop[] {
  const isLog = ({ policy }: PlannedDrop) => policy.fact === 'view log';
  return [...planned.filter((one) => !isLog(one)), ...planned.filter(isLog)];
}

type Dropped = { status: 'dropped'; rows: number; fileName?: string | null } | { status: 'kept'; because: string };

async function drop(sql: Sql, planned: PlannedDrop, { archives, timeZone, now, probe }: Retention): Promise<Dropped> {
  const { heldBecause: because, policy, partition, restoredAt } = planned;
  if (because) return { status: 'kept', because };
  try {
    const dropped = await withCloseLock(sql, async () => {
      refuseOtherZone(timeZone, await readZone(sql));
      if (policy.fact !== 'view log') return dropAggregate(sql, planned, timeZone, now);
      if (restoredAt) return dropRestoredDay(sql, partition, archives.folder);
      return dropLogDay(sql, planned, archives, timeZone, now, probe);
    });
    return dropped ?? { status: 'kept', because: 'a day is being closed at the moment' };
  } catch (error) {
    if (isLockTimeout(error)) return { status: 'kept', because: 'somebody reads its table for long' };
    throw error;
  }
}
