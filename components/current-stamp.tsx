import { cache } from 'react';
import { freshness } from '#reports/freshness.ts';
import { runtime } from '#runtime.ts';
import { Stamp } from './stamp.tsx';

// Read once a page, however many panels carry the stamp.
const readFreshness = cache((now: Date) => freshness(runtime().db, now));

export async function CurrentStamp({ now }: { now: Date }) {
  const { completeTo, secondsBehind } = await readFreshness(now);
  return <Stamp completeTo={completeTo} secondsBehind={secondsBehind ?? 0} timeZone={runtime().timeZone} />;
}
