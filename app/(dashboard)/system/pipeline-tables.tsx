import { exact } from '#components/number-text.ts';
import { ScrollArea } from '#components/scroll-area.tsx';
import { dateText, instantText } from '#components/time-text.ts';
import type { LaneState, Pipeline } from '#reports/pipeline.ts';

/** Each writer of the log, and how far the rollup has read it. */
export function LaneTable({ lanes, timeZone }: { lanes: LaneState[]; timeZone: string }) {
  if (lanes.length === 0) return <p className="text-muted">Nothing was recorded yet.</p>;
  return (
    <ScrollArea name="Lanes">
      <table className="w-full text-right [&_td]:px-2 [&_th]:px-2">
        <caption className="sr-only">Lanes</caption>
        <thead className="text-muted text-xs [&_th]:font-normal">
          <tr>
            <th scope="col" className="text-left">
              Lane
            </th>
            <th scope="col">Last batch</th>
            <th scope="col">Rolled up to</th>
            <th scope="col" className="max-sm:hidden">
              Leased by
            </th>
            <th scope="col" className="max-sm:hidden">
              Since
            </th>
          </tr>
        </thead>
        <tbody>
          {lanes.map((lane) => (
            <tr key={lane.lane} className="border-rule border-t">
              <th scope="row" className="whitespace-nowrap py-1 text-left font-medium">
                {lane.lane}, {lane.kind}
              </th>
              <td>{exact(lane.head)}</td>
              <td className={lane.rolledUpTo < lane.head ? 'text-late' : ''}>{exact(lane.rolledUpTo)}</td>
              <td className="text-muted max-sm:hidden">{lane.leasedBy}</td>
              <td className="whitespace-nowrap text-muted max-sm:hidden">
                {instantText(lane.leasedAt, 'hourOfDay', timeZone)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

/** How many partitions each table has, and from when to when. */
export function PartitionTable({ partitions }: Pick<Pipeline, 'partitions'>) {
  const date = (digits: string) => dateText(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`, 'day');
  return (
    <table className="w-full text-right [&_td]:px-2 [&_th]:px-2">
      <caption className="sr-only">Partitions</caption>
      <thead className="text-muted text-xs [&_th]:font-normal">
        <tr>
          <th scope="col" className="text-left">
            Table
          </th>
          <th scope="col">Partitions</th>
          <th scope="col">Oldest from</th>
          <th scope="col" className="max-sm:hidden">
            Newest from
          </th>
        </tr>
      </thead>
      <tbody>
        {partitions.map((one) => (
          <tr key={one.table} className="border-rule border-t">
            <th scope="row" className="py-1 text-left font-medium">
              {one.table}
            </th>
            <td>{exact(one.partitions)}</td>
            <td className="whitespace-nowrap text-muted">{date(one.oldest)}</td>
            <td className="whitespace-nowrap text-muted max-sm:hidden">{date(one.newest)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
