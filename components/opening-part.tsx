import type { Opening } from '#reports/opening.ts';
import { exact } from './number-text.ts';

/** What other products had counted, beside a figure that has none of it: "+ 980,000 before, from YouTube Studio". */
export function OpeningPart({ opening: { views, sources } }: { opening: Opening }) {
  if (views === 0) return null;
  return (
    <p>
      <OpeningViews views={views} />, from {sourcesText(sources)}
    </p>
  );
}

/** The number alone, for tables: nothing where there is none. */
export function OpeningViews({ views }: { views: number }) {
  if (views === 0) return null;
  return <span className="whitespace-nowrap text-muted text-xs">+ {exact(views)} before</span>;
}

function sourcesText([first = '', second, ...more]: string[]): string {
  if (second === undefined) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first} and ${more.length + 1} more`;
}
