import type { Metadata } from 'next';
import { isPermitted, permitScope } from '#app/permit.ts';
import type { SearchParams } from '#components/address.ts';
import { Explanation } from '#components/explanation.tsx';
import { PageHeader } from '#components/page-header.tsx';

export const metadata: Metadata = { title: 'Explain this number' };

type Props = { searchParams: Promise<SearchParams> };

export default async function ExplainPage({ searchParams }: Props) {
  const scope = await permitScope('dashboards:read');
  return (
    <>
      <PageHeader title="Explain this number" />
      <div className="max-w-3xl">
        <Explanation
          params={await searchParams}
          scope={scope}
          isProofForAll={await isPermitted('installation:read')}
          isOperator={await isPermitted('installation:operate')}
        />
      </div>
    </>
  );
}
