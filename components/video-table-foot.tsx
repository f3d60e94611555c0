import type { ReactNode } from 'react';
import type { FigureOwner, FigureTime } from '#reports/explain-address.ts';
import type { TableVideo, VideoTable } from '#reports/video-table.ts';
import { Explained } from './explained.tsx';
import { exact } from './number-text.ts';
import { OpeningViews } from './opening-part.tsx';

type Counted = NonNullable<VideoTable['inAll']>;

type Props = { rows: TableVideo[]; inAll: Counted; owner: FigureOwner; hour: FigureTime };

/** What is not on this page, and the total that equals the headline of whose videos they are. */
export function VideoTableFoot({ rows, inAll, owner, hour }: Props) {
  const other = {
    people: inAll.people - sum(rows, 'people'),
    opening: inAll.opening - sum(rows, 'opening'),
    peopleLastHour: inAll.peopleLastHour - sum(rows, 'peopleLastHour'),
  };
  return (
    <tfoot className="max-lg:block">
      {(other.people > 0 || other.opening > 0 || other.peopleLastHour > 0) && (
        <Line
          name="(other pages)"
          hour={exact(other.peopleLastHour)}
          lifetime={exact(other.people)}
          opening={other.opening}
          look="border-rule text-muted [&_th]:font-normal"
        />
      )}
      <Line
        name="Total"
        hour={<Explained count={inAll.peopleLastHour} owner={owner} time={hour} />}
        lifetime={<Explained count={inAll.people} owner={owner} time={{ unit: 'total' }} />}
        opening={inAll.opening}
        look="border-ink/70 font-semibold"
      />
    </tfoot>
  );
}

type LineProps = { name: string; hour: ReactNode; lifetime: ReactNode; opening: number; look: string };

function Line({ name, hour, lifetime, opening, look }: LineProps) {
  return (
    <tr className={`border-t max-lg:grid max-lg:grid-cols-[1fr_1fr_auto] max-lg:py-2 ${look}`}>
      <th scope="row" className="py-1.5 text-left max-lg:col-span-full max-lg:py-0">
        {name}
      </th>
      <td className="max-lg:hidden" />
      <td className="max-lg:hidden" />
      <td className="text-right max-lg:text-left">
        <span className="block font-normal text-muted text-xs lg:hidden">Last hour</span>
        {hour}
      </td>
      <td className="text-right max-lg:text-left">
        <span className="block font-normal text-muted text-xs lg:hidden">Lifetime</span>
        {lifetime}
        <div className="font-normal leading-4">
          <OpeningViews views={opening} />
        </div>
      </td>
    </tr>
  );
}

function sum(rows: TableVideo[], field: keyof Counted): number {
  return rows.reduce((total, row) => total + row[field], 0);
}
