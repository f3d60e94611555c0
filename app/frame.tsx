import type { ReactNode } from 'react';
import { maySomewhere } from '#accounts/may.ts';
import { places } from '#components/places.ts';
import { Shell } from '#components/shell.tsx';
import { AccountFoot } from './account-foot.tsx';
import { visitor } from './permit.ts';

/** The shell as far as the reader may go. */
export async function Frame({ children }: { children: ReactNode }) {
  const actor = await visitor();
  const seen = places.filter(({ permission }) => maySomewhere(actor, permission));
  return (
    <Shell places={seen} account={<AccountFoot />}>
      {children}
    </Shell>
  );
}
