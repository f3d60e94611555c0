'use client';

import { Activity, Archive, CircleSlash, Clapperboard, House, Scale } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

const places = [
  {
    href: '/',
    name: 'Overview',
    Icon: House,
    belongs: (path: string) => path === '/' || path.startsWith('/channels/'),
  },
  {
    href: '/videos',
    name: 'Videos',
    Icon: Clapperboard,
    belongs: (path: string) => /^\/(videos|watch|opening)\b/.test(path),
  },
  { href: '/proof', name: 'Proof', Icon: Scale, belongs: (path: string) => path.startsWith('/proof') },
  {
    href: '/not-counted',
    name: 'Not counted',
    // A sixth of a phone.
    short: 'Refused',
    Icon: CircleSlash,
    belongs: (path: string) => path.startsWith('/not-counted'),
  },
  { href: '/retention', name: 'Retention', Icon: Archive, belongs: (path: string) => path.startsWith('/retention') },
  { href: '/system', name: 'System', Icon: Activity, belongs: (path: string) => path.startsWith('/system') },
];

export function MainNav() {
  const path = usePathname();
  return (
    <nav
      aria-label="Main"
      className="max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-20 max-md:border-rule max-md:border-t max-md:bg-canvas max-md:pb-[env(safe-area-inset-bottom)] md:mt-8"
    >
      <ul className="flex md:flex-col md:gap-1">
        {places.map(({ href, name, short = name, Icon, belongs }) => (
          <li key={href} className="max-md:min-w-0 max-md:flex-1">
            <Link
              href={href}
              aria-current={path === href ? 'page' : belongs(path) ? 'true' : undefined}
              className="flex items-center gap-3 rounded px-2 py-2 text-muted leading-5 hover:bg-hover hover:text-ink aria-[current]:text-ink aria-[current]:md:bg-hover aria-[current]:font-medium max-md:flex-col max-md:gap-1 max-md:px-0 max-md:text-xs max-md:leading-4 [&[aria-current]_svg]:text-people"
            >
              <Icon className="size-5" strokeWidth={1.75} aria-hidden="true" />
              <span className="max-md:hidden">{name}</span>
              <span className="md:hidden">{short}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
