import Link from 'next/link';
import { auditEntriesOf } from '#accounts/audit-entries.ts';
import { Message } from '#components/message.tsx';
import { counted } from '#components/number-text.ts';
import { runtime } from '#runtime.ts';

type Props = {
  name: string;
  isMerged: boolean;
  /** The key of what it was merged into, where the reader manages that too. */
  target: string | null | undefined;
};

/** Where things stand once a video is in no list any more. */
export async function Deleted({ name, isMerged, target }: Props) {
  if (isMerged) {
    return (
      <Message title="It was merged into another video">
        <p>
          The views of <span className="break-all font-mono">{name}</span> count for{' '}
          {target ? (
            <Link href={`/videos/${target}`} className="underline underline-offset-4">
              {target}
            </Link>
          ) : (
            'a video of another channel'
          )}
          . {target ? 'Undo the merge there before you delete it.' : 'An admin can undo the merge.'}
        </p>
      </Message>
    );
  }
  const [entry] = await auditEntriesOf(runtime().accounts.sql, `video:${name}`, { limit: 1 });
  const { views, channel } = entry?.before ?? {};
  return (
    <Message title="The video is deleted">
      <p>
        <span className="break-all font-mono">{name}</span> is in no list any more
        {typeof views === 'number' && `, and its ${counted(views, 'view counts', 'views count')} for nobody`}. Views
        that come in for it are not counted (unknown_video). Days that were proved still prove: the log keeps its rows
        until they are too old.
      </p>
      <p>
        Take its snippet off the pages that have it. Go to{' '}
        <Link
          href={typeof channel === 'string' ? `/channels/${channel}` : '/videos'}
          className="underline underline-offset-4"
        >
          {typeof channel === 'string' ? 'its channel' : 'all videos'}
        </Link>
        .
      </p>
    </Message>
  );
}
