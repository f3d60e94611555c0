import Link from 'next/link';
import { notFound } from 'next/navigation';
import type { Scope } from '#accounts/may.ts';
import { explain, findOwner } from '#reports/explain.ts';
import { explainAddress, type FigureOwner } from '#reports/explain-address.ts';
import { parseExplainQuery } from '#reports/explain-query.ts';
import { runtime } from '#runtime.ts';
import type { SearchParams } from './address.ts';
import { channelsText } from './channels-text.ts';
import { figureTimeText } from './explained-time.ts';
import { ExplanationFacts } from './explanation-facts.tsx';
import { ExplanationLog } from './explanation-log.tsx';
import { counted, exact } from './number-text.ts';

type Props = {
  params: SearchParams;
  /** Beyond it there is nothing. */
  scope: Scope;
  /** Whether the reader may see the proof, which is of all channels. */
  isProofForAll: boolean;
  /** Whether the reader operates the installation: commands are named to them only. */
  isOperator: boolean;
};

/** What a number is made of, as the address asks for it. */
export async function Explanation({ params, scope, isProofForAll, isOperator }: Props) {
  const { db, timeZone } = runtime();
  const asked = parseExplainQuery(params);
  if ('problem' in asked)
    return <Refused>{asked.problem} Every figure of a dashboard links to its own explanation.</Refused>;
  const { owner, time } = asked.figure;
  const now = new Date();
  const found = await explain(db, scope, asked.figure, now, timeZone);
  if (found.status === 'unknown') notFound();
  const head = <Whose owner={owner} name={found.name ?? channelsText(scope)} time={figureTimeText(time, timeZone)} />;
  if (found.status === 'dropped') {
    return (
      <>
        {head}
        <p className="mt-4">
          This number was read from <code className="font-mono">{found.table}</code>, which does not go back so far: its
          rows were dropped for their age. Days are kept for ever:{' '}
          {/* In the place of this one, so that closing the panel goes back to the page beside it. */}
          <Link
            href={explainAddress(owner, found.instead)}
            replace
            scroll={false}
            prefetch={false}
            className="underline underline-offset-4"
          >
            explain {figureTimeText(found.instead, timeZone)}
          </Link>
          .
        </p>
      </>
    );
  }
  const { views, botViews } = found.counts;
  return (
    <>
      {head}
      <p className="mt-1">
        <span className="text-figure">{exact(views - botViews)}</span> {views - botViews === 1 ? 'person' : 'people'}
      </p>
      <p className="mb-6 text-muted">
        = {counted(views, 'view', 'views')} − {counted(botViews, 'bot', 'bots')}
        {Date.parse(found.span.to) > now.getTime() && ', so far: this time is not over'}
      </p>
      <ExplanationFacts found={found} scope={scope} isProofForAll={isProofForAll} timeZone={timeZone} />
      <ExplanationLog found={found} isOperator={isOperator} timeZone={timeZone} />
    </>
  );
}

/** 404 for a number of a video or a channel that there is not, or not for this reader. */
export async function requireKnown(params: SearchParams, scope: Scope): Promise<void> {
  const asked = parseExplainQuery(params);
  if ('figure' in asked && !(await findOwner(runtime().db, scope, asked.figure.owner))) notFound();
}

function Whose({ owner: { video, channel }, name, time }: { owner: FigureOwner; name: string; time: string }) {
  const href = video ? `/videos/${video}` : channel ? `/channels/${channel}` : '/';
  return (
    <p className="text-balance">
      <Link
        href={href}
        prefetch={false}
        className="inline-block font-medium underline-offset-4 first-letter:uppercase hover:underline"
      >
        {name}
      </Link>
      <span className="text-muted"> · {time}</span>
    </p>
  );
}

function Refused({ children }: { children: React.ReactNode }) {
  return (
    <p role="alert" className="rounded bg-late-soft px-3 py-2 text-late">
      {children}
    </p>
  );
}
