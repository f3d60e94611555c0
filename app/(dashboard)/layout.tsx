import { type ReactNode, Suspense } from 'react';
import { Frame } from '#app/frame.tsx';
import { StaleBanner } from './stale-banner.tsx';

/** `panel` is what opens beside a page without leaving it. */
export default function DashboardLayout({ children, panel }: { children: ReactNode; panel: ReactNode }) {
  return (
    <Frame>
      <Suspense>
        <StaleBanner />
      </Suspense>
      {children}
      {panel}
    </Frame>
  );
}
