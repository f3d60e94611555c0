import { exact } from '#components/number-text.ts';
import { ScrollArea } from '#components/scroll-area.tsx';
import { dateText, instantText } from '#components/time-text.ts';
import type { DayDifference } from '#db/schema.ts';
import type { LedgerRow } from '#reports/ledger.ts';

/** The ledger as a table: both numbers of each closing, the difference, and what was repaired. */
export function Closings({ rows, timeZone }: { rows: LedgerRow[]; timeZone: string }) {
  if (rows.length === 0) return <p className="text-muted">No day was closed yet.</p>;
  return (
    <ScrollArea name="Closings">
      <table className="w-full min-w-[44rem] text-right [&_td]:px-2 [&_th]:px-2">
        <caption className="sr-only">Closings, the latest first</caption>
        <thead className="text-muted text-xs [&_th]:font-normal">
          <tr>
            <th scope="col" className="text-left">
              Day
            </th>
            <th scope="col">Log</th>
            <th scope="col">Videos</th>
            <th scope="col">Channels</th>
            <th scope="col">All</th>
            <th scope="col">Differences</th>
            <th scope="col">Later views</th>
            <th scope="col">Took</th>
            <th scope="col">Closed</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Closing key={row.id} row={row} timeZone={timeZone} />
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

function Closing({ row, timeZone }: { row: LedgerRow; timeZone: string }) {
  const isClean = row.differingBuckets === 0;
  return (
    <>
      <tr className="border-rule border-t">
        <th scope="row" className="whitespace-nowrap py-1 text-left font-medium">
          {dateText(row.day, 'day')}
          {row.formerZone && <span className="text-muted text-xs"> in {row.formerZone.replaceAll('_', ' ')}</span>}
        </th>
        <td>{exact(row.logViews)}</td>
        <td>{foundIn(row, 'video_days')}</td>
        <td>{foundIn(row, 'channel_days')}</td>
        <td>{foundIn(row, 'all_days')}</td>
        <td className={isClean ? '' : 'font-medium text-wrong'}>{exact(row.differingBuckets)}</td>
        <td className="text-muted">{row.laterViews === null ? '' : exact(row.laterViews)}</td>
        <td className="whitespace-nowrap text-muted">{exact(row.durationMs)} ms</td>
        <td className="whitespace-nowrap text-muted">
          {instantText(row.closedAt, 'hourOfDay', timeZone)}
          {row.isFinal ? ', for good' : ''}
        </td>
      </tr>
      {!isClean && (
        <tr>
          <td colSpan={9} className="pb-2 text-left text-wrong text-xs leading-5">
            {row.isBalanced ? 'Repaired' : 'Not balanced'}, {exact(row.differingViews)} apart over all tables:{' '}
            {row.repairs.slice(0, 5).map(differenceText).join(' · ')}
            {row.differingBuckets > 5 && ` · and ${exact(row.differingBuckets - 5)} more`}
          </td>
        </tr>
      )}
    </>
  );
}

/** Empty where nothing was counted: what was proved of days in another zone was carried over. */
function foundIn({ found }: LedgerRow, table: string): string {
  return found[table] === undefined ? '' : exact(found[table]);
}

function differenceText({
  table,
  owner,
  bucket,
  views,
  botViews,
  expectedViews,
  expectedBotViews,
}: DayDifference): string {
  const bots = botViews === expectedBotViews ? '' : ` (bots ${exact(botViews)} and ${exact(expectedBotViews)})`;
  return `${table} of ${owner} ${bucket} had ${exact(views)} where ${exact(expectedViews)} are due${bots}`;
}
