'use client';

import { Stamp } from './stamp.tsx';
import { useServerClock } from './use-server-clock.ts';

type Props = {
  completeTo: string | null;
  /** When the page was rendered, by the server's clock. */
  serverNow: string;
  isConnected: boolean;
  timeZone: string;
};

/** The stamp of a panel that moves: the longer nothing comes, the further it is behind. */
export function LiveStamp({ completeTo, serverNow, isConnected, timeZone }: Props) {
  const now = useServerClock(serverNow);
  return (
    <Stamp
      completeTo={completeTo}
      secondsBehind={completeTo ? (now - Date.parse(completeTo)) / 1_000 : 0}
      timeZone={timeZone}
      reason={isConnected ? undefined : 'connection lost'}
    />
  );
}
