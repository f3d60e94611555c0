import Form from 'next/form';
import Link from 'next/link';
import { presets, type Range } from '#reports/range.ts';
import { addressWith, paramsBeside } from './address.ts';

type Props = {
  range: Range;
  /** Of the page it stands on, with its parameters. */
  address: string;
};

const ownParams = ['range', 'from', 'to'];
const field = 'h-7 w-[7.25rem] rounded border border-edge bg-surface px-1.5';

/** Presets as links and two dates, both included; the choice lives in the URL. */
export function RangeControl({ range, address }: Props) {
  const { from, to } = range.dates;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-xs">
      <ul aria-label="Range" className="flex flex-wrap max-sm:-ml-2">
        {presets.map(({ preset, label }) => (
          <li key={preset}>
            <Link
              href={addressWith(address, { range: preset, from: undefined, to: undefined })}
              prefetch={false}
              scroll={false}
              aria-current={range.preset === preset ? 'true' : undefined}
              className="block rounded px-2 text-muted leading-7 hover:bg-hover hover:text-ink aria-[current]:bg-ink aria-[current]:text-canvas"
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
        className="flex flex-wrap items-center gap-1.5"
      >
        {paramsBeside(address, ownParams).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <input type="date" name="from" aria-label="From" required defaultValue={from} className={field} />
        <span aria-hidden="true">–</span>
        <input type="date" name="to" aria-label="To, included" required defaultValue={to} className={field} />
        <button type="submit" className="h-7 rounded border border-edge px-2 hover:bg-hover">
          Show
        </button>
      </Form>
    </div>
  );
}
