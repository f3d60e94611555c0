import { Suspense } from 'react';
import { isPermitted, permitScope } from '#app/permit.ts';
import type { SearchParams } from '#components/address.ts';
import { Explanation, requireKnown } from '#components/explanation.tsx';
import { SidePanel } from '#components/side-panel.tsx';
import { Skeleton } from '#components/skeleton.tsx';

type Props = { searchParams: Promise<SearchParams> };

/** An explanation that was asked for on another page opens beside it; its address alone shows the whole page. */
export default async function ExplainPanel({ searchParams }: Props) {
  const scope = await permitScope('dashboards:read');
  const params = await searchParams;
  // What is streamed later could answer no 404 any more.
  await requireKnown(params, scope);
  return (
    <SidePanel name="Explain this number" path="/explain">
      <Suspense fallback={<Skeleton height="h-96" />}>
        <Explanation
          params={params}
          scope={scope}
          isProofForAll={await isPermitted('installation:read')}
          isOperator={await isPermitted('installation:operate')}
        />
      </Suspense>
    </SidePanel>
  );
}
