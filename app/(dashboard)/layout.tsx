import { type ReactNode, Suspense } from 'react';
import { Shell } from '#components/shell.tsx';
import { StaleBanner } from './stale-banner.tsx';

/** `panel` is what opens beside a page without leaving it. */
export default function DashboardLayout({ children, panel }: { children: ReactNode; panel: ReactNode }) {
  return (
    <Shell>
      <Suspense>
        <StaleBanner />
      </Suspense>
      {children}
      {panel}
    </Shell>
  );
}
