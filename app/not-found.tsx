import type { Metadata } from 'next';
import NotFound from './(dashboard)/not-found.tsx';
import { Frame } from './frame.tsx';

export const metadata: Metadata = { title: 'No such page' };

/** For addresses that match no route at all. */
export default function UnknownAddress() {
  return (
    <Frame>
      <NotFound />
    </Frame>
  );
}
