import { counted, exact } from '#components/number-text.ts';
import { Panel } from '#components/panel.tsx';
import type { VideoId } from '#db/schema.ts';
import { type AtAge, leastVideos, type TakingOff, takingOff } from '#reports/taking-off.ts';
import { runtime } from '#runtime.ts';
import { ageText, takingOffText } from './taking-off-text.ts';

/** A video against the channel's last ten at the same age. */
export function TakingOffPanel({ video, now }: { video: VideoId; now: Date }) {
  return (
    <Panel title="Is it taking off?" height="h-[15rem]">
      <Ages video={video} now={now} />
    </Panel>
  );
}

async function Ages({ video, now }: { video: VideoId; now: Date }) {
  const { db, timeZone } = runtime();
  const found = await takingOff(db, video, now, timeZone);
  return (
    <>
      <p className="mb-3 font-semibold text-lg">{takingOffText(found)}</p>
      <table className="w-full max-w-2xl text-right [&_td]:px-2 [&_th]:px-2 [&_tr>*:first-child]:text-left">
        <caption className="sr-only">
          People since publishing, against the channel’s last videos at the same age
        </caption>
        <thead className="text-muted text-xs">
          <tr>
            <th scope="col" className="font-normal">
              After
            </th>
            <th scope="col" className="font-normal">
              This video
            </th>
            <th scope="col" className="font-normal">
              Usual
            </th>
            <th scope="col" className="font-normal max-sm:hidden">
              Middle half
            </th>
          </tr>
        </thead>
        <tbody>
          {found.ages.map((one) => (
            <Row key={one.age} one={one} />
          ))}
        </tbody>
      </table>
      <Basis found={found} />
    </>
  );
}

const missingText = {
  to_come: 'to come',
  not_measured: 'not measured',
  dropped: 'no longer kept',
} as const;

function Row({ one: { age, people, missing, usual } }: { one: AtAge }) {
  return (
    <tr className="border-rule border-t">
      <th scope="row" className="py-0.5 font-normal">
        {ageText(age)}
      </th>
      <td>
        {people === null ? <span className="text-muted">{missing ? missingText[missing] : ''}</span> : exact(people)}
      </td>
      <td>{usual ? exact(Math.round(usual.median)) : <span className="text-muted">none yet</span>}</td>
      <td className="text-muted max-sm:hidden">
        {usual && `${exact(Math.round(usual.low))} to ${exact(Math.round(usual.high))}`}
      </td>
    </tr>
  );
}

function Basis({ found: { earlierVideos, peopleBefore } }: { found: TakingOff }) {
  return (
    <p className="mt-2 max-w-prose text-muted text-xs leading-5">
      Usual is the median of the channel’s last ten videos before this one at the same age; there{' '}
      {earlierVideos === 1 ? 'is one' : `are ${exact(earlierVideos)}`}, and of fewer than {leastVideos} nothing is
      usual.
      {peopleBefore > 0 &&
        ` ${counted(peopleBefore, 'view', 'views')} from before it was published count for nothing here.`}
    </p>
  );
}
