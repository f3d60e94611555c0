import Form from 'next/form';
import Link from 'next/link';
import { type Preset, presets, type Range } from '#reports/range.ts';
import { addressWith, paramsBeside } from './address.ts';

type Props = {
  range: Range;
  /** The last date there is, in the reporting zone. */
  today: string;
  /** What the reader asked for, where it cannot be shown and `range` stands in its place. */
  refused?: { from?: string; to?: string };
  /** Of the page it stands on, with its parameters. */
  address: string;
};

const ownParams = ['range', 'from', 'to'];
const field =
  'h-10 min-w-0 grow rounded border border-edge bg-surface px-1 text-base group-aria-[current]:border-ink group-aria-[current]:font-medium group-aria-[current]:ring-1 group-aria-[current]:ring-ink sm:h-7 sm:w-[7.25rem] sm:text-xs';

/** Presets as links and two dates, both included; the choice lives in the URL. */
export function RangeControl({ range, address, today, refused }: Props) {
  const { from, to } = refused?.from || refused?.to ? refused : range.dates;
  const isSelected = (preset: Preset) => !refused && range.preset === preset;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-2 text-xs">
      <ul aria-label="Range" className="flex flex-wrap max-sm:-ml-2">
        {presets.map(({ preset, label }) => (
          <li key={preset}>
            <Link
              href={addressWith(address, { range: preset, from: undefined, to: undefined })}
              prefetch={false}
              scroll={false}
              aria-current={isSelected(preset) ? 'true' : undefined}
              className="block rounded px-2 text-base text-muted leading-10 hover:bg-hover hover:text-ink aria-[current]:bg-ink aria-[current]:text-canvas sm:text-xs sm:leading-7"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
      <Form
        key={`${from} ${to}`}
        action={address.split('?')[0] ?? ''}
        scroll={false}
        aria-current={isSelected('custom') ? 'true' : undefined}
        className="group flex items-center gap-1.5 max-sm:w-full"
      >
        {paramsBeside(address, ownParams).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <input type="date" name="from" aria-label="From" required max={today} defaultValue={from} className={field} />
        <span aria-hidden="true">–</span>
        <input
          type="date"
          name="to"
          aria-label="To, included"
          required
          max={today}
          defaultValue={to}
          className={field}
        />
        <button type="submit" className="h-10 shrink-0 rounded border border-edge px-2 hover:bg-hover sm:h-7">
          Show
        </button>
      </Form>
    </div>
  );
}
