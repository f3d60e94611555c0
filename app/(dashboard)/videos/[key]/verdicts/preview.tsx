import { ActionForm } from '#components/action-form.tsx';
import { spanText } from '#components/explained-time.ts';
import { counted, exact } from '#components/number-text.ts';
import { instantText } from '#components/time-text.ts';
import type { SpanCounts } from '#reports/span-counts.ts';
import { refusalText } from '#verdicts/outcome-text.ts';
import type { AskedChange } from './asked-change.ts';
import { change } from './change.ts';

type Props = {
  video: string;
  asked: AskedChange & { span: { from: string; to: string } };
  counts: SpanCounts | undefined;
  /** The number of a change that holds for a part of it. */
  overlapping: number | undefined;
  timeZone: string;
};

// More is no help to whoever looks for the flood.
const shown = 60;

/** What the time holds, and the button that changes it. */
export function Preview({ video, asked, counts, overlapping, timeZone }: Props) {
  const isAside = asked.verdict === 'bot';
  return (
    <section aria-labelledby="preview" className="mt-6 grid max-w-xl gap-3 border-rule border-t pt-4">
      <h3 id="preview" className="font-medium">
        {spanText(asked.span.from, asked.span.to, timeZone)}
      </h3>
      {counts ? <Held counts={counts} isAside={isAside} /> : <p>Its minutes and hours are not kept any more.</p>}
      {counts && counts.buckets.length > 0 && <Buckets counts={counts} timeZone={timeZone} />}
      <p className="text-muted">
        {isAside
          ? 'Set aside, all of them count as bots, in every figure, list and chart, those that still come in for this time too.'
          : 'Released, all of them count as people but those that said themselves that they were bots.'}{' '}
        The log keeps each view as it was recorded, and the change can be reversed.
      </p>
      {overlapping !== undefined ? (
        <p className="text-late">{refusalText({ status: 'overlaps', id: overlapping }, [])}</p>
      ) : asked.why === '' ? (
        <p className="text-late">Say why, above, to go on.</p>
      ) : (
        <ActionForm
          action={change.bind(null, video, { ...asked.span, verdict: asked.verdict, why: asked.why })}
          submit={isAside ? 'Set it aside' : 'Release it'}
        />
      )}
    </section>
  );
}

function Held({ counts: { views, botViews, unit, isRounded }, isAside }: { counts: SpanCounts; isAside: boolean }) {
  const people = views - botViews;
  const where = isRounded ? `The ${unit}s that it touches hold` : 'It holds';
  return (
    <p>
      {where} <strong className="font-semibold">{counted(people, 'person', 'people')}</strong> and{' '}
      <strong className="font-semibold">{counted(botViews, 'bot', 'bots')}</strong>
      {isAside ? `: ${exact(people)} would be set aside.` : `: up to ${exact(botViews)} would be people.`}
    </p>
  );
}

function Buckets({ counts: { buckets, unit }, timeZone }: { counts: SpanCounts; timeZone: string }) {
  const busiest = buckets.toSorted((a, b) => b.views - a.views).slice(0, shown);
  const rows = busiest.toSorted((a, b) => a.start.localeCompare(b.start));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section aria-label="What it holds" tabIndex={0} className="max-h-72 overflow-y-auto border-rule border-y">
      <table className="w-full text-right [&_td]:px-2 [&_th]:px-2 [&_tr>*:first-child]:text-left">
        <caption className="sr-only">Views of that time by the {unit}</caption>
        <thead className="text-muted text-xs">
          <tr>
            <th scope="col">{unit === 'minute' ? 'Minute' : 'Hour'}</th>
            <th scope="col">People</th>
            <th scope="col">Bots</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ start, views, botViews }) => (
            <tr key={start} className="border-rule border-t">
              <th scope="row" className="font-normal">
                {instantText(start, 'hourOfDay', timeZone)}
              </th>
              <td>{exact(views - botViews)}</td>
              <td className="text-muted">{exact(botViews)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {buckets.length > shown && (
        <p className="px-2 text-muted text-xs">
          The {shown} with the most views of {exact(buckets.length)}.
        </p>
      )}
    </section>
  );
}
