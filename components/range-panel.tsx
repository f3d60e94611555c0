import Link from 'next/link';
import { dateAt } from '#reports/calendar.ts';
import type { FigureOwner } from '#reports/explain-address.ts';
import { lastViewDate } from '#reports/last-view.ts';
import { milestonesOf } from '#reports/milestones.ts';
import type { PeriodBefore } from '#reports/period-before.ts';
import { parseRange } from '#reports/range.ts';
import { spikesIn } from '#reports/spikes.ts';
import type { Subject } from '#reports/subject.ts';
import { verdictChanges } from '#reports/verdict-changes.ts';
import { runtime } from '#runtime.ts';
import { addressWith, type SearchParams } from './address.ts';
import { BotShare } from './bot-share.tsx';
import { type BotsChoice, botsChoice, chosenCount, nounOf } from './bots-choice.ts';
import { BotsSwitch } from './bots-switch.tsx';
import { chartPoints } from './chart-points.ts';
import { CurrentStamp } from './current-stamp.tsx';
import { HeadlineCount } from './figure.tsx';
import { timeOfRange } from './figure-time.ts';
import { withMarks } from './marks.ts';
import { MostlyBots } from './mostly-bots.tsx';
import { change, exact } from './number-text.ts';
import { OpeningPart } from './opening-part.tsx';
import { Panel } from './panel.tsx';
import { ProofBadge } from './proof-badge.tsx';
import { RangeControl } from './range-control.tsx';
import { RangeProblem } from './range-problem.tsx';
import { askedRange, readPage } from './read-page.ts';
import { Series } from './series.tsx';
import { dateText } from './time-text.ts';
import { withVerdicts } from './verdict-notes.ts';

type Props = {
  subject: Subject;
  name: string;
  owner: FigureOwner;
  /** Of the page the panel stands on, with its parameters. */
  address: string;
  params: SearchParams;
  now: Date;
  /** Whether the reader may see the proof, which is of all channels. */
  isProofForAll: boolean;
  /** Of the page where the reader may set views of the video aside. */
  verdicts?: string | undefined;
};

// Where there are views, but none of those that are shown.
const othersOnly = { people: 'Only bots in this range.', with: '', only: 'No bots in this range.' } as const;
const labels = { people: 'People', with: 'People and bots', only: 'Bots' } as const;

/** Views over a range the reader picks; the range is in the URL. */
export function RangePanel(props: Props) {
  const { address, params, now } = props;
  const { timeZone } = runtime();
  const asked = askedRange(params);
  const { range, problem } = parseRange(asked, now, timeZone);
  return (
    <Panel
      title="Over time"
      height="h-[23rem] sm:h-[21rem]"
      // Not its instants: with the turn of an hour the skeleton would come back.
      contentKey={range.preset === 'custom' ? `${range.dates.from} ${range.dates.to}` : range.preset}
      control={
        <RangeControl
          range={range}
          address={address}
          today={dateAt(now, timeZone)}
          refused={problem ? asked : undefined}
        />
      }
    >
      <RangeProblem problem={problem} />
      <Counts {...props} />
    </Panel>
  );
}

async function Counts({ subject, name, owner, address, params, now, isProofForAll, verdicts }: Props) {
  const { db, accounts, timeZone } = runtime();
  const shows = botsChoice(params);
  const { range, overTime, before } = await readPage(subject, params, now);
  const { points: buckets, views, botViews, opening } = overTime;
  const changes = 'video' in subject ? await verdictChanges(accounts.sql, subject.video) : [];
  const judged = withVerdicts(chartPoints(buckets, range.unit, timeZone), range.unit, changes, timeZone);
  const points = withMarks(judged, range.unit, {
    // Of months there are too few to stand out from.
    spikes: range.unit === 'month' ? [] : spikesIn(buckets),
    milestones: 'video' in subject ? await milestonesOf(db, subject.video, timeZone) : [],
  });
  const count = chosenCount(shows, overTime);
  const explained = { owner, time: timeOfRange(range) };
  const lastDate = views === 0 ? await lastViewDate(db, subject) : undefined;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-baseline gap-x-3">
        <p>
          <span className="font-semibold text-2xl tracking-tight">
            <HeadlineCount count={count} {...explained} />
          </span>{' '}
          {nounOf[shows]} <span className="text-muted">· {range.label}</span>
        </p>
        <div className="flex flex-wrap gap-x-3 text-muted text-xs">
          {before && <ChangeSince count={count} before={before} shows={shows} />}
          <OpeningPart opening={opening} />
          <BotShare views={views} botViews={botViews} />
          {verdicts && <SetAside address={verdicts} />}
          {range.isCoarser && <p>by the day: its hours are no longer kept</p>}
        </div>
        <div className="ml-auto">
          <BotsSwitch choice={shows} address={address} />
        </div>
      </div>
      <Series
        label={`${labels[shows]}, ${name}, ${range.label}`}
        shows={shows}
        points={points}
        unit={range.unit}
        explained={explained}
        empty={views > 0 ? othersOnly[shows] : <NoViews lastDate={lastDate} address={address} />}
      >
        <div className="flex flex-wrap gap-x-4">
          <CurrentStamp now={now} />
          <ProofBadge isForAll={isProofForAll} />
        </div>
      </Series>
      {verdicts && <MostlyBots points={points} unit={range.unit} verdicts={verdicts} timeZone={timeZone} />}
    </>
  );
}

function SetAside({ address }: { address: string }) {
  return (
    <p>
      <Link href={address} className="underline decoration-rule underline-offset-4 hover:text-ink">
        Set aside or release
      </Link>
    </p>
  );
}

function NoViews({ lastDate, address }: { lastDate: string | undefined; address: string }) {
  if (!lastDate) return 'No views yet.';
  const day = addressWith(address, { range: undefined, from: lastDate, to: lastDate });
  return (
    <>
      No views in this range. The last one was on{' '}
      <Link href={day} scroll={false} className="whitespace-nowrap underline">
        {dateText(lastDate, 'day')}
      </Link>
      .
    </>
  );
}

type Since = { count: number; before: PeriodBefore; shows: BotsChoice };

function ChangeSince({ count, before, shows }: Since) {
  if (before.views === 0) return <p>no earlier data</p>;
  const countBefore = chosenCount(shows, before);
  const difference = change(count, countBefore);
  if (!difference)
    return (
      <p>
        {shows === 'only' ? 'none' : 'nobody'} in the {before.length} before
      </p>
    );
  return (
    <p>
      <strong className="font-semibold text-ink">{difference}</strong> on the {before.length} before (
      {exact(countBefore)})
    </p>
  );
}
