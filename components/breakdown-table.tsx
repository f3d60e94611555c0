import type { Dimension } from '#db/breakdown-values.ts';
import type { Breakdown, BrokenDown } from '#reports/breakdown.ts';
import { dimensionNames, valueName } from './dimension-names.ts';
import { change, exact, percent } from './number-text.ts';

type Props = { found: Breakdown; by: Dimension; caption: string };

/** Ranked bars that end with the rest and a total. */
export function BreakdownTable({ found: { rows, others, total }, by, caption }: Props) {
  const most = Math.max(1, ...rows.map(({ people }) => people));
  // Against nothing nothing is a change.
  const hasBefore = (total.peopleBefore ?? 0) > 0;
  return (
    <table className="w-full table-fixed text-right">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-muted text-xs">
        <tr>
          <th scope="col" className="px-2 text-left font-normal">
            {dimensionNames[by]}
          </th>
          <th scope="col" className="w-20 px-2 font-normal sm:w-28">
            People
          </th>
          <th scope="col" className="w-16 px-2 font-normal">
            Share
          </th>
          {hasBefore && (
            <th scope="col" className="w-28 px-2 font-normal max-sm:hidden">
              Before
            </th>
          )}
          <th scope="col" className="w-16 px-2 font-normal max-sm:hidden">
            Bots
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={row.value}
            name={valueName(by, row.value)}
            row={row}
            most={most}
            total={total}
            hasBefore={hasBefore}
          />
        ))}
        {others.people + others.botViews > 0 && (
          <Row name="(other)" row={others} most={0} total={total} hasBefore={hasBefore} />
        )}
      </tbody>
      <tfoot className="font-semibold">
        <Row name="Total" row={total} most={0} total={total} hasBefore={hasBefore} />
      </tfoot>
    </table>
  );
}

type RowProps = { name: string; row: BrokenDown; most: number; total: BrokenDown; hasBefore: boolean };

function Row({ name, row, most, total, hasBefore }: RowProps) {
  return (
    <tr className="border-rule border-t">
      <th scope="row" className="relative px-2 py-1 text-left [tbody_&]:font-normal">
        {most > 0 && (
          <span
            aria-hidden="true"
            className="absolute inset-y-px left-0 rounded-r bg-people-soft"
            style={{ width: `${(row.people / most) * 100}%` }}
          />
        )}
        <span className="relative block truncate" title={name}>
          {name}
        </span>
      </th>
      <td className="px-2">{exact(row.people)}</td>
      <td className="px-2 text-muted">{percent(row.people, total.people)}</td>
      {hasBefore && row.peopleBefore !== null && (
        <td className="px-2 text-muted max-sm:hidden">
          {exact(row.peopleBefore)} <span className="text-xs">{change(row.people, row.peopleBefore) ?? 'new'}</span>
        </td>
      )}
      <td className="px-2 text-muted max-sm:hidden">{exact(row.botViews)}</td>
    </tr>
  );
}
