import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Scope } from '#accounts/may.ts';
import { isoSeconds } from '#reports/calendar.ts';
import type { Explained } from '#reports/explain.ts';
import type { FigureOwner } from '#reports/explain-address.ts';
import type { Refusals } from '#reports/explain-refusals.ts';
import { addressWith } from './address.ts';
import { spanText } from './explained-time.ts';
import { ExplanationOpening } from './explanation-opening.tsx';
import { ExplanationProof } from './explanation-proof.tsx';
import { counted, exact } from './number-text.ts';
import { Stamp } from './stamp.tsx';

const rowsOf = {
  minute: 'one row a minute',
  hour: 'one row an hour',
  day: 'one row a day',
  month: 'one row a month',
  total: 'one row for all time',
} as const satisfies Record<Explained['grain'], string>;

type Props = { found: Explained; scope: Scope; isProofForAll: boolean; timeZone: string };

/** The rule, the time, the source, what was not counted, and the proof. */
export function ExplanationFacts({ found, scope, isProofForAll, timeZone }: Props) {
  const { figure, span, table, grain, freshness, refusals, proof } = found;
  const isEver = span.from === '-infinity';
  return (
    <dl className="grid gap-x-6 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <Fact name="What is counted">
        Each view once, however often it is sent; the same viewer counts each time. People are views that were not taken
        for a bot’s, neither by what the browser calls itself nor by how many came. A view counts at its own time, when
        playback started, which is written in its id: one that arrives late changes the minute it belongs to.
        {figure.owner.channel && ' It belongs to the channel that its video has now.'}
      </Fact>
      <Fact name="Time">
        {isEver
          ? 'From the first view on.'
          : `${spanText(span.from, span.to, span.timeZone)}, ${span.timeZone.replaceAll('_', ' ')} time.`}
        {!isEver && (
          <span className="block break-words text-muted text-xs">
            from {isoSeconds(span.from)} up to, not including, {isoSeconds(span.to)}
          </span>
        )}
      </Fact>
      <Fact name="Read from">
        <code className="font-mono">{table}</code>: {rowsOf[grain]} of {ownerText(figure.owner, scope)}, brought up to
        date every second.
        <Stamp completeTo={freshness.completeTo} secondsBehind={freshness.secondsBehind ?? 0} timeZone={timeZone} />
      </Fact>
      {found.opening.views > 0 && (
        <Fact name="Before Boxoffice">
          <ExplanationOpening opening={found.opening} timeZone={timeZone} />
        </Fact>
      )}
      <Fact name="Not counted">
        <NotCounted
          found={found}
          refusals={refusals}
          isOfAll={scope === 'all' && !figure.owner.video && !figure.owner.channel}
        />
      </Fact>
      <Fact name="Proof">
        <ExplanationProof
          proof={proof}
          isWholeDays={grain !== 'minute' && grain !== 'hour'}
          isForAll={isProofForAll}
          timeZone={timeZone}
        />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="border-rule border-t pt-2 font-medium">{name}</dt>
      <dd className="pb-3 sm:border-rule sm:border-t sm:pt-2">{children}</dd>
    </>
  );
}

function ownerText({ video, channel }: FigureOwner, scope: Scope): string {
  if (video) return 'this video';
  if (channel) return 'this channel';
  return scope === 'all' ? 'all channels together (channel 0)' : 'each of your channels, added up';
}

function NotCounted({
  found,
  refusals,
  isOfAll,
}: {
  found: Explained;
  refusals: Refusals | undefined;
  isOfAll: boolean;
}) {
  const href = notCountedAddress(found);
  if (!refusals) {
    return (
      <>
        There are too many to add up for so long a time just now. See{' '}
        <NotCountedLink href={href}>what was not counted</NotCountedLink>, or explain a shorter time.
      </>
    );
  }
  const { duplicates, rejected, isPartlyDropped } = refusals;
  const refused = rejected.reduce((sum, { views }) => sum + views, 0);
  return (
    <>
      <NotCountedLink href={href}>
        {counted(duplicates, 'duplicate', 'duplicates')}, {exact(refused)} not counted
      </NotCountedLink>
      {rejected.length > 0 && ` (${rejected.map(({ reason, views }) => `${exact(views)} ${reason}`).join(', ')})`}.
      <span className="block text-muted text-xs">
        By the time of receipt: what is not counted has no time of its own that could be trusted.
        {!isOfAll && ' Views of unknown videos are nobody’s, and stand with all channels only.'}
        {isPartlyDropped && ' Those of a part of this time were dropped for their age.'}
      </span>
    </>
  );
}

/** The same days there; of a channel there is no such page, but of all. */
function notCountedAddress({ figure, span: { from, firstDay, lastDay } }: Explained): string {
  const range = from === '-infinity' ? { range: 'all' } : { from: firstDay, to: lastDay };
  return addressWith('/not-counted', { video: figure.owner.video, ...range });
}

function NotCountedLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="underline decoration-rule underline-offset-4 hover:decoration-ink">
      {children}
    </Link>
  );
}
