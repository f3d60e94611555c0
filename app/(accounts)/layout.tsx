import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Logo } from '#components/logo.tsx';
import { Theme } from '#components/theme.tsx';
import { ThemeSwitch } from '#components/theme-switch.tsx';

/** The frame of the pages before the dashboards: one column, and nothing to go astray in. */
export default async function AccountsLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <Theme nonce={nonce}>
      <div className="mx-auto flex min-h-dvh w-full max-w-md flex-col px-4 py-6 sm:py-12">
        <header className="flex items-center justify-between">
          <Logo />
          <ThemeSwitch />
        </header>
        <main id="content" className="mt-10 sm:mt-16">
          {children}
        </main>
      </div>
    </Theme>
  );
}
