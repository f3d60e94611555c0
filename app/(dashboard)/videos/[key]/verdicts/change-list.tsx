import Link from 'next/link';
import { ActionForm } from '#components/action-form.tsx';
import { spanText } from '#components/explained-time.ts';
import { counted } from '#components/number-text.ts';
import { instantText } from '#components/time-text.ts';
import type { ListedVerdict } from '#reports/verdict-changes.ts';
import { reverse } from './reverse.ts';

type Props = {
  video: string;
  changes: ListedVerdict[];
  /** The one that the reader is about to reverse. */
  reversing: number | undefined;
  timeZone: string;
};

/** Changes, the latest first; what was reversed stays, struck out. */
export function ChangeList({ changes, ...rest }: Props) {
  if (changes.length === 0) return <p className="text-muted">Every view counts as it was recorded.</p>;
  return (
    <ul aria-label="Changed verdicts">
      {changes.map((one) => (
        <Change key={one.id} change={one} {...rest} />
      ))}
    </ul>
  );
}

function Change({ change, video, reversing, timeZone }: Omit<Props, 'changes'> & { change: ListedVerdict }) {
  const { id, from, to, verdict, why, views, madeBy, madeAt, reversedBy, reversedAt } = change;
  const day = (at: string) => `${instantText(at, 'day', timeZone)}, ${instantText(at, 'minute', timeZone)}`;
  return (
    <li id={`change-${id}`} className="border-rule border-t py-2">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <p className={reversedAt ? 'text-muted line-through' : ''}>
            <strong className="font-semibold">{verdict === 'bot' ? 'Set aside' : 'Released'}</strong>:{' '}
            {spanText(from, to, timeZone)}
          </p>
          <p className="wrap-anywhere">{why}</p>
          <p className="text-muted text-xs">
            Change {id}: {counted(views, 'view', 'views')} changed sides, by {madeBy} on {day(madeAt)}
            {reversedAt && `; reversed by ${reversedBy} on ${day(reversedAt)}`}
          </p>
        </div>
        {!reversedAt && reversing !== id && (
          <Link
            href={`/videos/${video}/verdicts?reverse=${id}#change-${id}`}
            scroll={false}
            className="rounded border border-edge px-2 text-xs leading-6 hover:bg-hover"
          >
            Reverse<span className="sr-only"> change {id}</span>
          </Link>
        )}
      </div>
      {!reversedAt && reversing === id && <Confirm video={video} id={id} />}
    </li>
  );
}

function Confirm({ video, id }: { video: string; id: number }) {
  return (
    <div className="mt-2 grid gap-2 rounded border border-edge p-3">
      <p>Reversed, the views of this time count as they were recorded again. The change stays in this list.</p>
      <div className="flex flex-wrap items-center gap-4">
        <ActionForm action={reverse.bind(null, video, id)} submit="Reverse it" about={`change ${id}`} isSmall />
        <Link href={`/videos/${video}/verdicts`} scroll={false} className="text-muted underline underline-offset-4">
          Keep it
        </Link>
      </div>
    </div>
  );
}
