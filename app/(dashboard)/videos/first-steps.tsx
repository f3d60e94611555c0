import Link from 'next/link';
import { isPermitted } from '#app/permit.ts';
import { Command } from '#components/command.tsx';

/** What to do while there is no video: make some, or wait for whoever may. */
export async function FirstSteps({ mayManage, channel }: { mayManage: boolean; channel?: string | undefined }) {
  const isOperator = await isPermitted('installation:operate');
  if (!mayManage && !isOperator) {
    return (
      <p className="text-muted">
        A channel’s creators and admins make its videos. They are listed here as soon as they are there.
      </p>
    );
  }
  return (
    <ul className="grid list-disc gap-1 pl-5">
      {mayManage && (
        <li>
          <Link
            href={channel ? `/videos/new?channel=${channel}` : '/videos/new'}
            className="underline underline-offset-4"
          >
            Make a new video
          </Link>
          , and put its key on a page.
        </li>
      )}
      {mayManage && (
        <li>
          <Link href="/videos/many" className="underline underline-offset-4">
            Make many at once
          </Link>{' '}
          by a sheet.
        </li>
      )}
      {isOperator && (
        <li>
          Import logs or exports that you have, which makes the videos in them:{' '}
          <Command>{`npm run import -- FILE --create-videos ${channel ?? 'CHANNEL'}`}</Command>
        </li>
      )}
    </ul>
  );
}
