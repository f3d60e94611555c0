import { headers } from 'next/headers';
import { type ReactNode, Suspense } from 'react';
import { Logo } from './logo.tsx';
import { MainNav } from './main-nav.tsx';
import type { Place } from './places.ts';
import { ReportingZone } from './reporting-zone.tsx';
import { Theme } from './theme.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

type Props = {
  /** Those that the reader may see. */
  places: Place[];
  /** Who the reader is, and the way out; at the foot of the rail. */
  account: ReactNode;
  children: ReactNode;
};

/** The frame of every dashboard page: a rail on wide screens, a bar at the bottom on phones. */
export async function Shell({ places, account, children }: Props) {
  // Without it the script that sets the theme would not run. Reading it also keeps pages out of the build, where there is none.
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <Theme nonce={nonce}>
      <a
        href="#content"
        className="sr-only z-30 bg-people px-4 py-2 text-on-people focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <div className="flex min-h-dvh flex-col md:grid md:grid-cols-[13rem_minmax(0,1fr)]">
        <header className="flex items-center px-4 pt-4 md:sticky md:top-0 md:h-dvh md:flex-col md:items-stretch md:border-rule md:border-r md:px-4 md:overflow-y-auto md:py-6">
          <Logo />
          <MainNav places={places} />
          <div className="max-md:hidden md:mt-auto md:pt-6">{account}</div>
          <div className="ml-auto md:mt-3 md:ml-0">
            <ThemeSwitch />
          </div>
        </header>
        <div className="flex grow flex-col px-4 pt-4 pb-24 md:px-8 md:pt-6 md:pb-8">
          <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl grow outline-none">
            {children}
          </main>
          <footer className="mx-auto mt-12 w-full max-w-6xl border-rule border-t pt-4 text-muted text-xs leading-5">
            <p>People are views without bots; the same viewer counts each time.</p>
            <Suspense>
              <ReportingZone />
            </Suspense>
          </footer>
        </div>
      </div>
    </Theme>
  );
}
