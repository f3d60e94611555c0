import type { Metadata } from 'next';
import { isPermitted, permit } from '#app/permit.ts';
import { Command } from '#components/command.tsx';
import { Figure } from '#components/figure.tsx';
import { counted, exact } from '#components/number-text.ts';
import { PageHeader } from '#components/page-header.tsx';
import { Panel } from '#components/panel.tsx';
import { dateText, instantText } from '#components/time-text.ts';
import { dateAt } from '#reports/calendar.ts';
import { type LatestProof, latestProof } from '#reports/latest-proof.ts';
import { ledger } from '#reports/ledger.ts';
import { zoneChanges } from '#reports/zone-changes.ts';
import { runtime } from '#runtime.ts';
import { Closings } from './closings.tsx';
import { ProofOnDemand } from './proof-on-demand.tsx';
import { ZoneChange } from './zone-change.tsx';

export const metadata: Metadata = { title: 'Proof' };

const closingsShown = 100;
const laterDaysShown = 7;

export default async function ProofPage() {
  await permit('installation:read');
  const isOperator = await isPermitted('installation:operate');
  const { db, timeZone } = runtime();
  const [proof, rows, [change]] = await Promise.all([latestProof(db), ledger(db, closingsShown), zoneChanges(db)]);
  const repaired = proof ? proof.repairedDays.length : 0;
  return (
    <>
      <PageHeader title="Proof" />
      <p className="mb-6 max-w-prose text-muted">
        The night after a day, and once more when none of its views can come any more, its log is counted again and
        compared with every aggregate: each video, each channel and all together, by minute, hour, day, month and in
        total. What differs is repaired by the difference, and stands below.
      </p>
      {change && <ZoneChange change={change} timeZone={timeZone} />}
      {proof ? (
        <div className="mb-10 grid gap-6 sm:grid-cols-3">
          <Figure name="Days that do not balance" value={exact(proof.unbalancedDays.length)}>
            {proof.unbalancedDays.length > 0 ? (
              <span className="text-wrong">{proof.unbalancedDays.map((day) => dateText(day, 'day')).join(', ')}</span>
            ) : (
              'of all days whose log is kept'
            )}
          </Figure>
          <Figure name="Repaired in the last week" value={exact(repaired)}>
            {repaired > 0 ? (
              <span className="text-wrong">{proof.repairedDays.map((day) => dateText(day, 'day')).join(', ')}</span>
            ) : (
              'days with a difference'
            )}
          </Figure>
          <Figure name="Later views" value={exact(proof.laterViews)}>
            of days that were closed before; the last was {dateText(proof.day, 'day')}, closed{' '}
            {instantText(proof.closedAt, 'hourOfDay', timeZone)}
            <LaterDays days={proof.laterDays} />
          </Figure>
        </div>
      ) : (
        <p className="mb-10">
          No day was proved yet. Each night proves the days that are over
          {isOperator && (
            <>
              , or now by <Command>npm run close</Command>
            </>
          )}
          .
        </p>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <Panel title="Prove days now" height="h-28">
          <ProofOnDemand today={dateAt(new Date(), timeZone)} isOperator={isOperator} />
        </Panel>
        <Panel title="Ledger of closings" height="h-96">
          <Closings rows={rows} timeZone={timeZone} />
          {rows.length === closingsShown && (
            <p className="mt-2 text-muted text-xs">
              The last {counted(closingsShown, 'closing', 'closings')}
              {isOperator && '; all of them are in the table day_closings'}.
            </p>
          )}
        </Panel>
      </div>
    </>
  );
}

/** Which days the later views are of; each is counted into its own. */
function LaterDays({ days }: { days: LatestProof['laterDays'] }) {
  if (days.length === 0) return null;
  const more = days.length - laterDaysShown;
  return (
    <ul aria-label="Later views by day" className="mt-1">
      {days.slice(0, laterDaysShown).map(({ day, views }) => (
        <li key={day}>
          {dateText(day, 'day')}: {counted(views, 'later view', 'later views')}
        </li>
      ))}
      {more > 0 && <li>and {counted(more, 'day', 'days')} before</li>}
    </ul>
  );
}
