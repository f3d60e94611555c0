import type { TableVideo, VideoTable } from '#reports/video-table.ts';
import { exact } from './number-text.ts';

type Counted = NonNullable<VideoTable['inAll']>;

/** What is not on this page, and the total that equals the headline of whose videos they are. */
export function VideoTableFoot({ rows, inAll }: { rows: TableVideo[]; inAll: Counted }) {
  const other = {
    people: inAll.people - sum(rows, 'people'),
    peopleLastHour: inAll.peopleLastHour - sum(rows, 'peopleLastHour'),
  };
  return (
    <tfoot className="max-lg:block">
      {(other.people > 0 || other.peopleLastHour > 0) && (
        <Line name="(other pages)" counted={other} look="border-rule text-muted [&_th]:font-normal" />
      )}
      <Line name="Total" counted={inAll} look="border-ink/70 font-semibold" />
    </tfoot>
  );
}

function Line({ name, counted, look }: { name: string; counted: Counted; look: string }) {
  return (
    <tr className={`border-t max-lg:grid max-lg:grid-cols-[1fr_1fr_auto] max-lg:py-2 ${look}`}>
      <th scope="row" className="py-1.5 text-left max-lg:col-span-full max-lg:py-0">
        {name}
      </th>
      <td className="max-lg:hidden" />
      <td className="max-lg:hidden" />
      <td className="text-right max-lg:text-left">
        <span className="block font-normal text-muted text-xs lg:hidden">Last hour</span>
        {exact(counted.peopleLastHour)}
      </td>
      <td className="text-right max-lg:text-left">
        <span className="block font-normal text-muted text-xs lg:hidden">Lifetime</span>
        {exact(counted.people)}
      </td>
    </tr>
  );
}

function sum(rows: TableVideo[], field: keyof Counted): number {
  return rows.reduce((total, row) => total + row[field], 0);
}
