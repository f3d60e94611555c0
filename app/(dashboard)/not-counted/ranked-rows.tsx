import type { ReactNode } from 'react';
import { exact, percent } from '#components/number-text.ts';

export type RankedRow = { key: string; name: ReactNode; detail?: ReactNode; views: number };

type Props = {
  caption: string;
  /** Of the first column. */
  heading: string;
  rows: RankedRow[];
  /** Views of what is not listed; the rows, with it, sum to `total`. */
  other?: number;
  total: number;
  /** Of the bars. */
  colour: string;
};

/** Ranked bars behind rows, which end with the rest and a total that equals the headline. */
export function RankedRows({ caption, heading, rows, other = 0, total, colour }: Props) {
  const most = Math.max(1, ...rows.map(({ views }) => views));
  return (
    <table className="w-full table-fixed text-right [&_td]:px-2 [&_th]:px-2">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-muted text-xs [&_th]:font-normal">
        <tr>
          <th scope="col" className="text-left">
            {heading}
          </th>
          <th scope="col" className="w-20">
            Views
          </th>
          <th scope="col" className="w-16">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.key} row={row} most={most} total={total} colour={colour} />
        ))}
        {other > 0 && (
          <tr className="border-rule border-t text-muted">
            <th scope="row" className="py-1 text-left font-normal">
              (other)
            </th>
            <td>{exact(other)}</td>
            <td>{percent(other, total)}</td>
          </tr>
        )}
      </tbody>
      <tfoot className="font-semibold">
        <tr className="border-ink/70 border-t">
          <th scope="row" className="py-1 text-left">
            Total
          </th>
          <td>{exact(total)}</td>
          <td>100&nbsp;%</td>
        </tr>
      </tfoot>
    </table>
  );
}

type RowProps = Pick<Props, 'total' | 'colour'> & { row: RankedRow; most: number };

function Row({ row: { name, detail, views }, most, total, colour }: RowProps) {
  return (
    <>
      <tr className="border-rule border-t">
        <th scope="row" className="relative py-1 text-left font-normal">
          <span
            aria-hidden="true"
            className={`absolute inset-y-px left-0 rounded-r ${colour}`}
            style={{ width: `${(views / most) * 100}%` }}
          />
          <span className="relative block truncate">{name}</span>
        </th>
        <td>{exact(views)}</td>
        <td className="text-muted">{percent(views, total)}</td>
      </tr>
      {detail && (
        <tr>
          <td colSpan={3} className="pt-0.5 pb-2 text-left text-muted text-xs leading-5">
            {detail}
          </td>
        </tr>
      )}
    </>
  );
}
