import type { ExplainedFigure } from '#reports/explain-address.ts';
import type { BotsChoice } from './bots-choice.ts';
import type { ChartPoint, ChartUnit } from './chart-points.ts';
import { Explained } from './explained.tsx';
import { timeOfPoint } from './figure-time.ts';
import { counted, exact } from './number-text.ts';

type Props = {
  points: ChartPoint[];
  caption: string;
  unit: ChartUnit;
  /** Whose numbers they are, and the time of their sum. */
  explained: ExplainedFigure;
  /** Whom it is about. */
  shows: BotsChoice;
  /** Whether it is seen. */
  isOpen: boolean;
};

const unitNames = { minute: 'Minute', hour: 'Hour', day: 'Day', month: 'Month' } as const satisfies Record<
  ChartUnit,
  string
>;

/** A chart's numbers, newest first; its foot equals the headline. */
export function SeriesTable({ points, caption, unit, explained: { owner, time }, shows, isOpen }: Props) {
  const people = points.reduce((sum, point) => sum + point.people, 0);
  const opening = points.reduce((sum, point) => sum + point.opening, 0);
  const [hasPeople, hasBots] = [shows !== 'only', shows !== 'people'];
  const hasOpening = hasPeople && opening > 0;
  const bots = points.reduce((sum, point) => sum + point.bots, 0);
  return (
    <table className="w-full text-right [&_td]:px-2 [&_th]:px-2 [&_tr>*:first-child]:text-left">
      <caption className="sr-only">{caption}</caption>
      <thead className="sticky top-0 bg-canvas text-muted text-xs shadow-[inset_0_-1px_var(--color-rule)]">
        <tr>
          <th scope="col">{unitNames[unit]}</th>
          {hasPeople && <th scope="col">People</th>}
          {hasBots && <th scope="col">Bots</th>}
          {hasOpening && <th scope="col">Entered</th>}
        </tr>
      </thead>
      <tbody>
        {[...points.entries()].toReversed().map(([index, point]) => (
          <tr key={point.start} className="border-rule border-b">
            <th scope="row" className="font-normal">
              {point.period}
              {point.state === 'counting' && <span className="text-muted"> (so far)</span>}
              {point.mark && <span className="block font-semibold text-xs leading-5">{point.mark.text}</span>}
              {point.note && <span className="block wrap-anywhere text-late text-xs leading-5">{point.note}</span>}
            </th>
            {point.state === 'not_recorded' ? (
              <td colSpan={hasPeople && hasBots ? 2 : 1} className="text-muted">
                not recorded
              </td>
            ) : (
              <CountCells
                counts={point}
                {...{ owner, shows, isOpen }}
                time={timeOfPoint(points, index, time)}
                botsLook="text-muted"
              />
            )}
            {hasOpening && <td>{exact(point.opening)}</td>}
          </tr>
        ))}
      </tbody>
      <tfoot className="sticky -bottom-px bg-canvas font-semibold shadow-[inset_0_1px_var(--color-ink)] [&_td]:py-1.5 [&_th]:py-1.5">
        <tr>
          <th scope="row">Total</th>
          <CountCells counts={{ people, bots }} {...{ owner, shows, isOpen, time }} />
          {hasOpening && <td>{exact(opening)}</td>}
        </tr>
      </tfoot>
    </table>
  );
}

type CellsProps = ExplainedFigure &
  Pick<Props, 'shows' | 'isOpen'> & { counts: Pick<ChartPoint, 'people' | 'bots'>; botsLook?: string };

/** People and bots, as far as they are shown. */
function CountCells({ counts: { people, bots }, owner, time, shows, isOpen, botsLook }: CellsProps) {
  return (
    <>
      {shows !== 'only' && (
        <td>
          <Explained count={people} owner={owner} time={time} isVisible={isOpen} />
        </td>
      )}
      {shows !== 'people' && (
        <td className={botsLook}>
          <Explained count={bots} label={botsLabel(bots)} owner={owner} time={time} isVisible={isOpen} />
        </td>
      )}
    </>
  );
}

function botsLabel(count: number): string {
  return `${counted(count, 'bot', 'bots')}, explained`;
}
