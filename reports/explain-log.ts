import type { Scope } from '#accounts/may.ts';
import { nameOf, type ReportingZone } from '#db/reporting-zone.ts';
import type { FigureTime } from './explain-address.ts';
import { firstRows, type LogRow } from './explain-rows.ts';
import type { Span } from './explain-span.ts';
import { type ArchivedDay, listedWindow } from './explain-window.ts';
import type { Snapshot } from './snapshot.ts';
import type { Counts, Subject } from './subject.ts';

/** The log behind a figure. */
export type LogBehind =
  | { status: 'empty' }
  | { status: 'archived'; days: ArchivedDay[]; count: number }
  | {
      status: 'listed';
      /** Half-open. */
      window: Span;
      /** The one day that the rows are of; undefined where they are of the whole time. */
      day: string | undefined;
      rows: LogRow[];
      /** How many views the log has there; undefined where the aggregates no longer tell. */
      views: number | undefined;
      isBrokenOff: boolean;
      /** UTC days of the time whose log is not there. */
      archivedDays: number;
    };

/** Its first rows: of its latest day with a log where it is longer than a day. */
export async function logBehind(
  snapshot: Snapshot,
  subject: Subject,
  time: FigureTime,
  span: Span,
  counts: Counts,
  zone: ReportingZone,
): Promise<LogBehind> {
  if (counts.views === 0) return { status: 'empty' };
  const listed = await listedWindow(snapshot, subject, span, zone);
  if (listed.status !== 'kept') return listed;
  const { window, day, archivedDays } = listed;
  const found = await firstRows(snapshot, subject, window, time.unit, nameOf(zone));
  const views = day === undefined ? counts.views : found.views;
  return { status: 'listed', window, day, ...found, views, archivedDays };
}

/** As it is told to readers of a scope: archives are of all channels. */
export function withoutOthers(scope: Scope, log: LogBehind): LogBehind {
  if (scope === 'all' || log.status !== 'archived') return log;
  return { ...log, days: log.days.map((day) => ({ ...day, archive: undefined })) };
}
