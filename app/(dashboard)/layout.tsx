import { type ReactNode, Suspense } from 'react';
import { Shell } from '#components/shell.tsx';
import { StaleBanner } from './stale-banner.tsx';

export default function DashboardLayout({ children }: { children: ReactNode }) {
  return (
    <Shell>
      <Suspense>
        <StaleBanner />
      </Suspense>
      {children}
    </Shell>
  );
}
