import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { maySomewhere } from '#accounts/may.ts';
import { AccountFoot } from '#app/account-foot.tsx';
import { visitor } from '#app/permit.ts';
import { PageHeader } from '#components/page-header.tsx';
import { places, placesOnPhones } from '#components/places.ts';

export const metadata: Metadata = { title: 'More' };

/** Where the bar of a phone does not lead. */
export default async function MorePage() {
  const actor = await visitor();
  if (actor.kind === 'nobody') redirect('/sign-in?next=%2Fmore');
  const rest = places.filter(({ permission }) => maySomewhere(actor, permission)).slice(placesOnPhones);
  return (
    <>
      <PageHeader title="More" />
      <ul className="grid max-w-md">
        {rest.map(({ href, name }) => (
          <li key={href} className="border-rule border-t">
            <Link href={href} className="block px-2 py-3 hover:bg-hover">
              {name}
            </Link>
          </li>
        ))}
      </ul>
      <div className="max-w-md border-rule border-t pt-3">
        <AccountFoot />
      </div>
    </>
  );
}
