import { instantText } from '#components/time-text.ts';
import type { ZoneChangeRow } from '#reports/zone-changes.ts';

/** Since when days are cut in the reporting zone, and from which view on. */
export function ZoneChange({ change, timeZone }: { change: ZoneChangeRow; timeZone: string }) {
  const { fromZone, toZone, cutAt, changedAt } = change;
  const spaced = (zone: string) => zone.replaceAll('_', ' ');
  return (
    <p className="mb-6 max-w-prose text-muted">
      On {instantText(changedAt, 'day', timeZone)} the reporting zone was changed from {spaced(fromZone)} to{' '}
      {spaced(toZone)}.{' '}
      {cutAt
        ? `Views before ${instantText(cutAt, 'day', timeZone)} stay in days as they were cut before.`
        : 'All days are cut in it.'}
    </p>
  );
}
