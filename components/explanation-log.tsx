import type { Explained } from '#reports/explain.ts';
import type { LogBehind } from '#reports/explain-log.ts';
import type { ArchivedDay } from '#reports/explain-window.ts';
import { Command } from './command.tsx';
import { ExplanationRows } from './explanation-rows.tsx';
import { counted, exact } from './number-text.ts';
import { dateText, instantText } from './time-text.ts';

type Props = { found: Explained; isOperator: boolean; timeZone: string };

/** The first rows of the log behind a number, or why there are none and how they come back. */
export function ExplanationLog({ found: { log, figure }, isOperator, timeZone }: Props) {
  return (
    <section aria-labelledby="log-behind" className="mt-4 border-ink/70 border-t pt-3">
      <h2 id="log-behind" className="font-semibold">
        The log behind it
      </h2>
      {log.status === 'empty' && <p className="text-muted">No view was counted in this time.</p>}
      {log.status === 'archived' && (
        <Archived days={log.days} count={log.count} isOperator={isOperator} timeZone={timeZone} />
      )}
      {log.status === 'listed' && (
        <>
          <Listed log={log} />
          {log.rows.length > 0 && (
            <ExplanationRows
              rows={log.rows}
              isOfOneVideo={figure.owner.video !== undefined}
              window={log.window}
              timeZone={timeZone}
            />
          )}
        </>
      )}
    </section>
  );
}

type ListedLog = Extract<LogBehind, { status: 'listed' }>;

function Listed({ log: { rows, views, day, isBrokenOff, archivedDays } }: { log: ListedLog }) {
  if (rows.length === 0 && !isBrokenOff) return <p className="text-late">None of its views is in the log any more.</p>;
  const bots = rows.filter(({ bot }) => bot !== null).length;
  const isAll = views !== undefined && views === rows.length;
  const amount = isAll
    ? `All ${counted(views, 'view', 'views')}`
    : `The first ${exact(rows.length)} of ${views === undefined ? 'the views' : counted(views, 'view', 'views')}`;
  return (
    <div className="mb-2 text-muted">
      <p>
        {amount}
        {day ? ` of ${dateText(day, 'weekday')}, the latest day of this time whose log is kept` : ' of this time'}:{' '}
        {counted(rows.length - bots, 'person', 'people')} and {counted(bots, 'bot', 'bots')}, the earliest first. Who
        watched is not shown.
        {archivedDays > 0 && ` The log of ${counted(archivedDays, 'day', 'days')} of it was archived.`}
      </p>
      {isBrokenOff && (
        <p className="text-late">
          The search was broken off: the log is sorted by time, not by video, and these views lie far apart in it.
          Explain a shorter time, such as an hour of it, to see more.
        </p>
      )}
    </div>
  );
}

type ArchivedProps = { days: ArchivedDay[]; count: number; isOperator: boolean; timeZone: string };

function Archived({ days, count, isOperator, timeZone }: ArchivedProps) {
  return (
    <>
      <p>The log of this time is no longer in the database. The number stays what its closing proved.</p>
      <ul className="mt-2 grid gap-2">
        {days.map((day) => (
          <li key={day.day}>
            {dateText(day.day, 'day')} (UTC){day.archive && `, ${counted(day.archive.views, 'view', 'views')},`} was
            archived {instantText(day.archivedAt, 'day', timeZone)}
            <InArchive {...day} isOperator={isOperator} />
          </li>
        ))}
      </ul>
      {count > days.length && (
        <p className="mt-2 text-muted">And {counted(count - days.length, 'day', 'days')} before.</p>
      )}
    </>
  );
}

function InArchive({ day, archive, isOperator }: ArchivedDay & { isOperator: boolean }) {
  if (!archive) return '.';
  if (!archive.fileName) return ' without a file: it cannot come back.';
  if (!isOperator) return ' into a file. An admin can bring it back for seven days.';
  return (
    <>
      {' '}
      into <code className="break-all font-mono text-xs">{archive.fileName}</code>. It comes back for seven days with{' '}
      <Command>{`npm run archive -- --restore ${day}`}</Command>
    </>
  );
}
