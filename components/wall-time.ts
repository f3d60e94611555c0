// Dates and times as date inputs have them: on the wall of a zone.
import { zoneClock } from '#ingest/import/zone-time.ts';

/** `2026-01-31T12:00:00` on the wall of a zone, of an instant. */
export function wallText(instant: string, timeZone: string): string {
  const time = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
  return time.format(new Date(instant)).replace(' ', 'T');
}

/** The instant (ISO) of a date and time on the wall of a zone; undefined where the clocks never showed it. */
export function instantOf(wall: string, timeZone: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(wall)) return undefined;
  const shown = Date.parse(`${wall}Z`);
  const instant = Number.isNaN(shown) ? undefined : zoneClock(timeZone)(shown);
  return instant === undefined ? undefined : new Date(instant).toISOString();
}
