import type { FigureOwner } from '#reports/explain-address.ts';
import type { Subject } from '#reports/subject.ts';
import { runtime } from '#runtime.ts';
import type { SearchParams } from './address.ts';
import { LiveHour } from './live-hour.tsx';
import { Panel } from './panel.tsx';
import { readPage } from './read-page.ts';

type Props = {
  subject: Subject;
  /** Whose hour it is. */
  name: string;
  owner: FigureOwner;
  /** Its stream of updates. */
  url: string;
  /** Of the page, whose range is read with it. */
  params: SearchParams;
  now: Date;
};

/** The first panel of a video's and of a channel's page. */
export function HourPanel(props: Props) {
  return (
    <Panel title="Last 60 minutes" height="h-[36.5rem] sm:h-[29.25rem] lg:h-[24rem]">
      <Hour {...props} />
    </Panel>
  );
}

async function Hour({ subject, name, owner, url, params, now }: Props) {
  const { audience } = await readPage(subject, params, now);
  return <LiveHour key={url} url={url} name={name} owner={owner} audience={audience} timeZone={runtime().timeZone} />;
}
