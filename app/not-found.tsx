import type { Metadata } from 'next';
import { Shell } from '#components/shell.tsx';
import NotFound from './(dashboard)/not-found.tsx';

export const metadata: Metadata = { title: 'No such page' };

/** For addresses that match no route at all. */
export default function UnknownAddress() {
  return (
    <Shell>
      <NotFound />
    </Shell>
  );
}
