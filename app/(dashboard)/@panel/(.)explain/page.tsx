import { Suspense } from 'react';
import { permit } from '#app/permit.ts';
import type { SearchParams } from '#components/address.ts';
import { Explanation } from '#components/explanation.tsx';
import { SidePanel } from '#components/side-panel.tsx';
import { Skeleton } from '#components/skeleton.tsx';

type Props = { searchParams: Promise<SearchParams> };

/** An explanation that was asked for on another page opens beside it; its address alone shows the whole page. */
export default async function ExplainPanel({ searchParams }: Props) {
  await permit('dashboards:read');
  return (
    <SidePanel name="Explain this number" path="/explain">
      <Suspense fallback={<Skeleton height="h-96" />}>
        <Explanation params={await searchParams} />
      </Suspense>
    </SidePanel>
  );
}
