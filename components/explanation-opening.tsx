import type { ExplainedOpening } from '#reports/explain-opening.ts';
import { counted, exact } from './number-text.ts';
import { instantText } from './time-text.ts';

/** What other products had counted, by whom it was entered, and that it is in none of the figures. */
export function ExplanationOpening({ opening, timeZone }: { opening: ExplainedOpening; timeZone: string }) {
  const { views, entries, inAll } = opening;
  return (
    <>
      {counted(views, 'view', 'views')} more, which another product counted and Boxoffice did not measure: they are
      outside the proof, and in none of the figures here.
      <ul className="text-muted text-xs">
        {entries.map(({ entry, source, views, enteredBy, enteredAt }) => (
          <li key={`${entry} ${source}`}>
            {exact(views)} from {source}: entered by {enteredBy} on {instantText(enteredAt, 'day', timeZone)}, entry{' '}
            {entry}
          </li>
        ))}
        {inAll > entries.length && <li>and {counted(inAll - entries.length, 'entry', 'entries')} more</li>}
      </ul>
    </>
  );
}
