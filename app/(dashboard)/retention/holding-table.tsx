import { byteText } from '#components/byte-text.ts';
import { counted } from '#components/number-text.ts';
import { dateText } from '#components/time-text.ts';
import { compactNumber } from '#reports/compact-number.ts';
import type { Holding } from '#reports/retention.ts';
import { isTooOld, type PlannedDrop } from '#rollups/retention-plan.ts';
import type { RetentionPolicy } from '#rollups/retention-policies.ts';

type Props = { holdings: Holding[]; policies: RetentionPolicy[]; planned: PlannedDrop[]; now: Date };

export function HoldingTable({ holdings, policies, planned, now }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: focus is how a keyboard scrolls it
    <section className="overflow-x-auto" aria-label="Facts" tabIndex={0}>
      <table className="w-full text-right [&_tbody_td]:py-1 [&_td]:px-2 [&_th]:px-2">
        <caption className="sr-only">Facts, how long they are kept, their size and what is dropped next</caption>
        <thead className="text-muted text-xs [&_th]:font-normal">
          <tr>
            <th scope="col" className="text-left">
              Fact
            </th>
            <th scope="col">Kept for</th>
            <th scope="col">Rows (estimate)</th>
            <th scope="col">Size</th>
            <th scope="col">Growth a day</th>
            <th scope="col">Oldest</th>
            <th scope="col" className="text-left">
              Next drop
            </th>
          </tr>
        </thead>
        <tbody>
          {holdings.map(({ fact, estimatedRows, bytes, bytesPerDay, oldest }) => (
            <tr key={fact} className="border-rule border-t align-top">
              <th scope="row" className="whitespace-nowrap py-1 text-left font-medium first-letter:uppercase">
                {fact}
              </th>
              <td className="whitespace-nowrap">
                {keptText(policies.find((policy) => policy.fact === fact)?.keptDays ?? null)}
              </td>
              <td>≈ {compactNumber(estimatedRows)}</td>
              <td>{byteText(bytes)}</td>
              <td className="text-muted">{bytesPerDay === null ? '' : byteText(bytesPerDay)}</td>
              <td className="whitespace-nowrap">{oldest && dateText(oldest, 'day')}</td>
              <td className="min-w-80 text-left">
                <NextDrop planned={planned.filter((one) => one.policy.fact === fact)} now={now} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The partition that is due first, and what holds back those that are too old already. */
function NextDrop({ planned, now }: { planned: PlannedDrop[]; now: Date }) {
  const held = planned.filter(({ dueOn, heldBecause }) => heldBecause && isTooOld(dueOn, now));
  const [next] = planned.filter((one) => !held.includes(one)).toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  const [first] = held;
  return (
    <>
      {next && (
        <p>
          {isTooOld(next.dueOn, now) ? 'within the hour' : dateText(next.dueOn, 'day')}{' '}
          <span className="text-muted">
            (partition from {dateText(next.partition.from, 'day')}
            {next.heldBecause && `; ${next.heldBecause}`})
          </span>
        </p>
      )}
      {first && (
        <p className="text-late">
          {counted(held.length, 'partition stays', 'partitions stay')} though due: {first.heldBecause}
        </p>
      )}
    </>
  );
}

function keptText(days: number | null): string {
  return days === null ? 'ever' : `${days} days`;
}
