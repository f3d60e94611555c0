import Link from 'next/link';
import { type Dimension, dimensions, unknownValue } from '#db/breakdown-values.ts';
import { parseRange } from '#reports/range.ts';
import type { Subject } from '#reports/subject.ts';
import { runtime } from '#runtime.ts';
import { addressWith, firstText, type SearchParams } from './address.ts';
import { isLongList } from './breakdown-days.ts';
import { BreakdownTable } from './breakdown-table.tsx';
import { CurrentStamp } from './current-stamp.tsx';
import { askedDimension, dimensionNames } from './dimension-names.ts';
import { Panel } from './panel.tsx';
import { askedRange, readPage } from './read-page.ts';

type Props = {
  subject: Subject;
  name: string;
  /** Of the page the panel stands on, with its parameters. */
  address: string;
  /** Of the file with all values. */
  file: string;
  params: SearchParams;
  now: Date;
};

/** Where views come from, by one dimension at a time, which the address names, in the range of the page. */
export function BreakdownPanel(props: Props) {
  const by = askedDimension(firstText(props.params.by));
  const { range } = parseRange(askedRange(props.params), props.now, runtime().timeZone);
  return (
    <Panel
      title="Audience"
      height="h-[24rem]"
      contentKey={`by ${by} ${firstText(props.params.values)} ${range.preset} ${range.dates.from} ${range.dates.to}`}
      control={<Dimensions current={by} address={props.address} />}
    >
      <Values {...props} by={by} />
    </Panel>
  );
}

function Dimensions({ current, address }: { current: Dimension; address: string }) {
  return (
    <nav aria-label="Broken down by">
      <ul className="flex flex-wrap gap-1">
        {dimensions.map((dimension) => (
          <li key={dimension}>
            <Link
              href={addressWith(address, { by: dimension === 'country' ? undefined : dimension, values: undefined })}
              scroll={false}
              aria-current={dimension === current ? 'true' : undefined}
              className="block rounded px-2 py-0.5 hover:bg-hover aria-[current]:bg-ink aria-[current]:text-canvas"
            >
              {dimensionNames[dimension]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

async function Values({ subject, name, address, file, params, now, by }: Props & { by: Dimension }) {
  const { range, brokenDown: found } = await readPage(subject, params, now);
  const isLong = isLongList(params);
  if (!found || found.total.people + found.total.botViews === 0) {
    return <p className="text-muted">Nothing was recorded by {dimensionNames[by].toLowerCase()} in this range.</p>;
  }
  const isUnknown = found.rows.some(({ value }) => value === unknownValue);
  return (
    <>
      <BreakdownTable found={found} by={by} caption={`Views of ${name} by ${dimensionNames[by].toLowerCase()}`} />
      <div className="mt-3 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-xs">
        {(isLong || found.others.people > 0) && (
          <Link
            href={addressWith(address, { values: isLong ? undefined : 'all' })}
            scroll={false}
            className="underline underline-offset-4"
          >
            {isLong ? 'Show the first' : 'Show all'}
          </Link>
        )}
        <a href={addressWith(file, { by, ...askedRange(params) })} download className="underline underline-offset-4">
          Download as CSV
        </a>
        <CurrentStamp now={now} />
        {range.unit === 'hour' && (
          <span className="text-muted">
            of whole days: {range.dates.from} to {range.dates.to}
          </span>
        )}
      </div>
      {isUnknown && <p className="mt-2 max-w-prose text-muted text-xs leading-5">{whyUnknown[by]}</p>}
    </>
  );
}

const whyUnknown: Record<Dimension, string> = {
  country:
    'A country is unknown where the address is of no country, private, or not told by the server that sent the view.',
  device: 'A device is unknown where the browser does not say what it is.',
  browser: 'A browser is unknown where it does not say what it is.',
  os: 'A system is unknown where the browser does not say what it runs on.',
  site: 'A site is unknown where neither the browser nor the server that sent the view names the page.',
  referrer:
    'A referrer is unknown where nobody followed a link, the link was on the same site, or that site does not tell.',
};
