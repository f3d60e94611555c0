import Link from 'next/link';
import type { ReactNode } from 'react';
import { dateAt } from '#reports/calendar.ts';
import { parseRange } from '#reports/range.ts';
import { inSnapshot } from '#reports/snapshot.ts';
import type { Subject } from '#reports/subject.ts';
import { viewersOfRange } from '#reports/viewers-of-range.ts';
import { runtime } from '#runtime.ts';
import type { SearchParams } from './address.ts';
import { Panel } from './panel.tsx';
import { askedRange, readPage } from './read-page.ts';
import { UniqueFigures } from './unique-figures.tsx';
import { viewerPoints } from './viewer-points.ts';
import { ViewersSeries } from './viewers-series.tsx';

type Props = {
  subject: Subject;
  name: string;
  params: SearchParams;
  now: Date;
  /** Where viewers of several channels together are asked for: each channel tells its own. */
  channels?: { handle: string; name: string }[];
};

/** Who watched in the range of the page: how many different viewers, and who of them was new on each day. */
export function ViewersPanel(props: Props) {
  const { range } = parseRange(askedRange(props.params), props.now, runtime().timeZone);
  return (
    <Panel
      title="Unique viewers"
      height="h-[34rem] sm:h-[24rem] lg:h-[21rem]"
      contentKey={`viewers ${range.preset} ${range.dates.from} ${range.dates.to}`}
    >
      <Viewers {...props} />
    </Panel>
  );
}

async function Viewers({ subject, name, params, now, channels = [] }: Props) {
  const { db, timeZone } = runtime();
  const { range, overTime } = await readPage(subject, params, now);
  // Not with the rest of the page, which would wait for the sketches of a long range.
  const viewers = await inSnapshot(db, (snapshot) => viewersOfRange(snapshot, subject, range, now, timeZone));
  if (!viewers) return <PerChannel channels={channels} />;
  const unrecorded = range.unit === 'day' ? overTime.points.filter(({ state }) => state === 'not_recorded') : [];
  const today = dateAt(now, timeZone);
  const points = viewerPoints(viewers.perDay, today, new Set(unrecorded.map(({ start }) => start)));
  return (
    <div className="grid gap-x-10 gap-y-5 lg:grid-cols-[15rem_minmax(0,1fr)]">
      <UniqueFigures viewers={viewers} />
      <div className="flex min-w-0 flex-col">
        <ViewersSeries label={`New and returning viewers per day of ${name}`} points={points}>
          <Rule>A viewer of several days is counted on each, so the days do not sum to the viewers of the range.</Rule>
        </ViewersSeries>
      </div>
      <div className="lg:col-span-2">
        <Rule>
          A viewer is a device, or the user that it was made known as. Whoever has no device id is known for one day
          only, and is a new viewer on the next. New is who was not seen here within 35 days.
        </Rule>
      </div>
    </div>
  );
}

function Rule({ children }: { children: ReactNode }) {
  return <p className="max-w-prose text-muted text-xs leading-5">{children}</p>;
}

function PerChannel({ channels }: { channels: { handle: string; name: string }[] }) {
  return (
    <div className="grid gap-2">
      <p className="max-w-prose">
        Viewers are told per channel: whoever watches two of them is a viewer of each, and would be twice in a sum.
      </p>
      <ul aria-label="Viewers per channel" className="flex flex-wrap gap-x-4">
        {channels.map(({ handle, name }) => (
          <li key={handle}>
            <Link href={`/channels/${handle}`} className="underline underline-offset-4">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
