import Link from 'next/link';
import { addressWith } from './address.ts';
import type { ChartPoint, ChartUnit } from './chart-points.ts';
import { counted } from './number-text.ts';
import { bucketSpan } from './verdict-notes.ts';

type Props = {
  points: ChartPoint[];
  unit: ChartUnit;
  /** Of the page where views are set aside. */
  verdicts: string;
  timeZone: string;
};

const shown = 3;

/** Hours and days that are mostly bots, and still have people: a flood whose beginning was taken for some. */
export function MostlyBots({ points, unit, verdicts, timeZone }: Props) {
  if (unit === 'month') return null;
  const found = points.filter(
    ({ people, bots, note, state }) => state === 'counted' && bots > people && people > 0 && !note,
  );
  if (found.length === 0) return null;
  const worst = found.toSorted((a, b) => b.bots - a.bots).slice(0, shown);
  return (
    <ul aria-label="Mostly bots" className="mt-2 text-muted text-xs leading-6">
      {worst.map(({ start, period, people, bots }) => (
        <li key={start}>
          {period}: {counted(bots, 'bot', 'bots')} beside {counted(people, 'person', 'people')}.{' '}
          <Link
            href={spanAddress(verdicts, start, unit, timeZone)}
            className="underline underline-offset-4 hover:text-ink"
          >
            Set this {unit} aside<span className="sr-only">, {period}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function spanAddress(verdicts: string, start: string, unit: ChartUnit, timeZone: string): string {
  const { from, to } = bucketSpan(start, unit, timeZone);
  return addressWith(verdicts, { from: new Date(from).toISOString(), to: new Date(to).toISOString() });
}
