import { beginning } from '#reports/range.ts';
import type { UniqueViewers } from '#reports/unique-viewers.ts';
import type { ViewersOfRange } from '#reports/viewers-of-range.ts';
import { ChangeOn } from './change-on.tsx';
import { figureTimeText } from './explained-time.ts';
import { CompactCount, Figure } from './figure.tsx';
import { counted } from './number-text.ts';

/** Different viewers of the range, against as many days before, and those of today. */
export function UniqueFigures({ viewers: { days, unique, before, today } }: { viewers: ViewersOfRange }) {
  const time = days.from === beginning ? 'all time' : figureTimeText({ unit: 'day', ...days }, 'UTC');
  return (
    <div className="grid grid-cols-2 content-start gap-x-6 gap-y-5 lg:grid-cols-1">
      <Figure name="Unique viewers" value={<Count of={unique} />}>
        <p>{time}, whole days</p>
        {before && (
          <p>
            <ChangeOn
              people={unique.viewers}
              before={before.viewers}
              period={`the ${counted(before.days, 'day', 'days')} before`}
              nobody="no earlier data"
            />
          </p>
        )}
        {!unique.isExact && (
          <p>
            ≈: an estimate, right to some 2 in a hundred. Who watched is kept for 35 days; beyond, only sketches are.
          </p>
        )}
      </Figure>
      <Figure name="Viewers today" value={<Count of={today} />}>
        <p>so far</p>
      </Figure>
    </div>
  );
}

function Count({ of: { viewers, isExact } }: { of: UniqueViewers }) {
  return (
    <span className="group relative" tabIndex={viewers >= 1_000_000 ? 0 : undefined}>
      {!isExact && (
        <>
          <span aria-hidden="true">≈</span>
          <span className="sr-only">about </span>
        </>
      )}
      <CompactCount count={viewers} />
    </span>
  );
}
