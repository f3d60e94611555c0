import type { Metadata } from 'next';
import { permit } from '#app/permit.ts';
import type { SearchParams } from '#components/address.ts';
import { Explanation } from '#components/explanation.tsx';
import { PageHeader } from '#components/page-header.tsx';

export const metadata: Metadata = { title: 'Explain this number' };

type Props = { searchParams: Promise<SearchParams> };

export default async function ExplainPage({ searchParams }: Props) {
  await permit('dashboards:read');
  return (
    <>
      <PageHeader title="Explain this number" />
      <div className="max-w-3xl">
        <Explanation params={await searchParams} />
      </div>
    </>
  );
}
