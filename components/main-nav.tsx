'use client';

import {
  Activity,
  Archive,
  ChartNoAxesColumnDecreasing,
  CircleSlash,
  Clapperboard,
  Ellipsis,
  History,
  House,
  KeyRound,
  type LucideIcon,
  Milestone,
  Scale,
  Tv,
  Users,
} from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type Place, placeOf, placesOnPhones } from './places.ts';

const icons: Record<string, LucideIcon> = {
  '/': House,
  '/videos': Clapperboard,
  '/charts': ChartNoAxesColumnDecreasing,
  '/proof': Scale,
  '/not-counted': CircleSlash,
  '/retention': Archive,
  '/system': Activity,
  '/channels': Tv,
  '/opening': Milestone,
  '/keys': KeyRound,
  '/members': Users,
  '/audit-log': History,
};

/** `places` are those that the reader may see. On phones the first four, and the page More with the rest. */
export function MainNav({ places }: { places: Place[] }) {
  const path = usePathname();
  const current = placeOf(path, places);
  const inBar = places.slice(0, placesOnPhones);
  const linkTo = (place: Place) => (
    <NavLink
      key={place.href}
      {...place}
      Icon={icons[place.href] ?? Ellipsis}
      state={path === place.href ? 'page' : place === current ? 'true' : undefined}
      width={inBar.includes(place) ? 'all' : 'wide'}
    />
  );
  const managed = places.filter(({ group }) => group === 'managed');
  const isMore = path === '/more' || path === '/account' || (current !== undefined && !inBar.includes(current));
  return (
    <nav
      aria-label="Main"
      className="max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-20 max-md:flex max-md:border-rule max-md:border-t max-md:bg-canvas max-md:pb-[env(safe-area-inset-bottom)] md:mt-8"
    >
      <ul className="max-md:contents md:grid md:gap-1">
        {places.filter(({ group }) => group === 'measured').map(linkTo)}
      </ul>
      {managed.length > 0 && <p className="mt-5 mb-1 px-2 text-muted text-xs max-md:hidden">Manage</p>}
      <ul className="max-md:contents md:grid md:gap-1">
        {managed.map(linkTo)}
        <NavLink
          href="/more"
          name="More"
          Icon={Ellipsis}
          state={path === '/more' ? 'page' : isMore ? 'true' : undefined}
          width="narrow"
        />
      </ul>
    </nav>
  );
}

type LinkProps = {
  href: string;
  name: string;
  Icon: LucideIcon;
  state: 'page' | 'true' | undefined;
  width: 'all' | 'wide' | 'narrow';
};

function NavLink({ href, name, Icon, state, width }: LinkProps) {
  const shown = { all: '', wide: 'max-md:hidden', narrow: 'md:hidden' }[width];
  return (
    <li className={`max-md:min-w-0 max-md:flex-1 ${shown}`}>
      <Link
        href={href}
        aria-current={state}
        className="flex items-center gap-3 rounded px-2 py-1.5 text-muted leading-5 hover:bg-hover hover:text-ink aria-[current]:text-ink aria-[current]:md:bg-hover aria-[current]:font-medium max-md:flex-col max-md:gap-1 max-md:px-0 max-md:py-2 max-md:text-xs max-md:leading-4 [&[aria-current]_svg]:text-people"
      >
        <Icon className="size-5 shrink-0" strokeWidth={1.75} aria-hidden="true" />
        <span className="max-md:whitespace-nowrap">{name}</span>
      </Link>
    </li>
  );
}
