import { firstText, type SearchParams } from '#components/address.ts';
import { counted } from '#components/number-text.ts';
import type { ListedVerdict } from '#reports/verdict-changes.ts';

/** What was just done; only what the list has is told. */
export function Done({ changes, query }: { changes: ListedVerdict[]; query: SearchParams }) {
  const said = saidOf(changes, Number(firstText(query.changed)), Number(firstText(query.reversed)));
  return (
    <p role="status" className={said ? 'mb-4 text-people' : 'sr-only'}>
      {said}
    </p>
  );
}

function saidOf(changes: ListedVerdict[], changed: number, reversed: number): string | undefined {
  const made = changes.find(({ id, reversedAt }) => id === changed && reversedAt === null);
  if (made) {
    const how = made.verdict === 'bot' ? 'set aside' : 'released';
    return `Done: ${counted(made.views, 'view was', 'views were')} ${how}.`;
  }
  if (changes.some(({ id, reversedAt }) => id === reversed && reversedAt !== null))
    return 'Reversed: its views count as they were recorded again.';
  return undefined;
}
