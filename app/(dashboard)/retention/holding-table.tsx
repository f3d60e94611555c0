import { byteText } from '#components/byte-text.ts';
import { CellName } from '#components/cell-name.tsx';
import { counted } from '#components/number-text.ts';
import { dateText } from '#components/time-text.ts';
import { compactNumber } from '#reports/compact-number.ts';
import type { Holding } from '#reports/retention.ts';
import { isTooOld, type PlannedDrop } from '#rollups/retention-plan.ts';
import type { RetentionPolicy } from '#rollups/retention-policies.ts';

type Props = { holdings: Holding[]; policies: RetentionPolicy[]; planned: PlannedDrop[]; now: Date };

/** A table on wide screens, a card a fact on phones and tablets. */
export function HoldingTable({ holdings, policies, planned, now }: Props) {
  return (
    <table className="w-full text-right max-lg:block [&_tbody_td]:py-1 [&_td]:px-2 [&_th]:px-2">
      <caption className="sr-only">Facts, how long they are kept, their size and what is dropped next</caption>
      <thead className="text-muted text-xs max-lg:sr-only [&_th]:font-normal">
        <tr>
          <th scope="col" className="text-left">
            Fact
          </th>
          <th scope="col">Kept for</th>
          <th scope="col">Rows (estimate)</th>
          <th scope="col">Size</th>
          <th scope="col">Growth a day</th>
          <th scope="col">Oldest partition</th>
          <th scope="col" className="text-left">
            Next drop
          </th>
        </tr>
      </thead>
      <tbody className="max-lg:block">
        {holdings.map((holding) => (
          <Row
            key={holding.fact}
            holding={holding}
            keptDays={policies.find(({ fact }) => fact === holding.fact)?.keptDays ?? null}
            planned={planned.filter(({ policy }) => policy.fact === holding.fact)}
            now={now}
          />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = { holding: Holding; keptDays: number | null; planned: PlannedDrop[]; now: Date };

function Row({ holding: { fact, estimatedRows, bytes, bytesPerDay, oldest }, keptDays, planned, now }: RowProps) {
  return (
    <tr className="border-rule border-t align-top max-lg:grid max-lg:grid-cols-3 max-lg:py-2 max-lg:text-left">
      <th
        scope="row"
        className="whitespace-nowrap py-1 text-left font-medium first-letter:uppercase max-lg:col-span-full max-lg:block"
      >
        {fact}
      </th>
      <td className="whitespace-nowrap">
        <CellName>Kept</CellName>
        {keptText(keptDays)}
      </td>
      <td>
        <CellName>Rows</CellName>≈ {compactNumber(estimatedRows)}
      </td>
      <td>
        <CellName>Size</CellName>
        {byteText(bytes)}
      </td>
      <td className="text-muted max-lg:empty:hidden">
        {bytesPerDay !== null && (
          <>
            <CellName>Growth a day</CellName>
            {byteText(bytesPerDay)}
          </>
        )}
      </td>
      <td className="whitespace-nowrap max-lg:empty:hidden">
        {oldest && (
          <>
            <CellName>Oldest partition</CellName>
            {dateText(oldest, 'day')}
          </>
        )}
      </td>
      <td className="text-left max-lg:col-span-full max-lg:empty:hidden lg:min-w-80">
        {planned.length > 0 && (
          <>
            <CellName>Next drop</CellName>
            <NextDrop planned={planned} now={now} />
          </>
        )}
      </td>
    </tr>
  );
}

/** The partition that is due first, and how many are old and wait for their proof, which tells how long they stay. */
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
        <p className="text-muted">
          {counted(held.length, 'old partition stays until it is', 'old partitions stay until they are')} proved, which
          the nightly close does: {first.heldBecause}.
        </p>
      )}
    </>
  );
}

function keptText(days: number | null): string {
  return days === null ? 'for ever' : counted(days, 'day', 'days');
}
