import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { visitor } from '#app/permit.ts';
import { firstText, type SearchParams } from '#components/address.ts';
import { returnPath } from '#security/return-path.ts';
import { Title } from '../../title.tsx';
import { CodeForm } from './code-form.tsx';

export const metadata: Metadata = { title: 'Second factor' };

export default async function CodePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const next = returnPath(firstText((await searchParams).next));
  if ((await visitor()).kind === 'user') redirect(next);
  return (
    <>
      <Title>One more step</Title>
      <CodeForm next={next} />
    </>
  );
}
