import { dateAt } from '#reports/calendar.ts';
import { parseRange, type Range } from '#reports/range.ts';
import type { Subject } from '#reports/subject.ts';
import { viewsOverTime } from '#reports/views-over-time.ts';
import { runtime } from '#runtime.ts';
import { firstText, type SearchParams } from './address.ts';
import { BotShare } from './bot-share.tsx';
import { chartPoints } from './chart-points.ts';
import { CurrentStamp } from './current-stamp.tsx';
import { CompactCount } from './figure.tsx';
import { Panel } from './panel.tsx';
import { RangeControl } from './range-control.tsx';
import { Series } from './series.tsx';

type Props = {
  subject: Subject;
  name: string;
  /** Of the page the panel stands on, with its parameters. */
  address: string;
  params: SearchParams;
  now: Date;
};

/** Views over a range the reader picks; the range is in the URL. */
export function RangePanel({ subject, name, address, params, now }: Props) {
  const { timeZone } = runtime();
  const asked = { range: firstText(params.range), from: firstText(params.from), to: firstText(params.to) };
  const { range, problem } = parseRange(asked, now, timeZone);
  return (
    <Panel
      title="Over time"
      height="23rem"
      contentKey={`${range.from} ${range.to}`}
      control={
        <RangeControl
          range={range}
          address={address}
          today={dateAt(now, timeZone)}
          refused={problem ? asked : undefined}
        />
      }
    >
      {problem && (
        <p role="alert" className="mb-3 rounded bg-late-soft px-2 text-late">
          {problem}
        </p>
      )}
      <Counts subject={subject} name={name} range={range} now={now} />
    </Panel>
  );
}

async function Counts({ subject, name, range, now }: Omit<Props, 'address' | 'params'> & { range: Range }) {
  const { db, timeZone } = runtime();
  const { points: buckets, views, botViews } = await viewsOverTime(db, subject, range, now, timeZone);
  const points = chartPoints(buckets, range.unit, timeZone);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-baseline gap-x-3">
        <p>
          <span className="font-semibold text-2xl tracking-tight">
            <CompactCount count={views - botViews} />
          </span>{' '}
          people <span className="text-muted">· {range.label}</span>
        </p>
        <div className="text-muted text-xs">
          <BotShare views={views} botViews={botViews} />
        </div>
      </div>
      <Series label={`People and bots, ${name}, ${range.label}`} points={points} unit={range.unit}>
        <CurrentStamp now={now} />
      </Series>
    </>
  );
}
