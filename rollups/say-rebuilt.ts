import { nameOf } from '#db/reporting-zone.ts';
import type { ZoneChanged } from './change-zone.ts';
import type { ClosedDay } from './close-due-days.ts';
import type { Rebuilt } from './rebuild.ts';
import { sayRepair } from './say-proof.ts';

/** `summary` in one sentence; `lines` before it, for what needs attention. */
export type Said = { lines: string[]; summary: string; isSound: boolean };

const counts = new Intl.NumberFormat('en');

export function sayRebuilt({ days, repaired, restoredRows, changedSums, lost }: Rebuilt): Said {
  const unbalanced = repaired.filter(({ isBalanced }) => !isBalanced).length;
  const lines = repaired.map(({ day, proof, isBalanced }) => sayRepair(day, proof, isBalanced));
  if (lost.length > 0)
    lines.push(
      `Rows are lost of ${lost.join(', ')}, whose log is gone; their months and the totals were left as they are.`,
    );
  const summary = [
    `Counted ${counts.format(days)} days once more`,
    `${counts.format(repaired.length)} differed${unbalanced > 0 ? ` and ${counts.format(unbalanced)} still do` : ''}`,
    ...(restoredRows > 0 ? [`put back ${counts.format(restoredRows)} rows of days whose log is gone`] : []),
    `put right ${counts.format(changedSums)} months and totals.`,
  ].join(', ');
  return { lines, summary, isSound: unbalanced === 0 && lost.length === 0 };
}

/** What a change of zone did, and what the closings after it found. */
export function sayZoneChanged(from: string, { zone, cutAt }: ZoneChanged, closed: ClosedDay[]): Said {
  const name = nameOf(zone);
  const extent = cutAt
    ? `from ${cutAt} on; views before stay in days as ${from} had cut them, since their log is gone`
    : 'all of them';
  const differing = closed.flatMap(({ day, closing }) =>
    closing.status === 'closed' && closing.proof.differingBuckets > 0 ? [{ day, ...closing }] : [],
  );
  const unbalanced = differing.filter(({ isBalanced }) => !isBalanced);
  const lines = [
    `Days are cut in ${name} now: ${extent}.`,
    `Set TIME_ZONE=${name}, or leave it out, and restart the servers: until then they take views and answer, but count none of them.`,
    ...differing.map(({ day, proof, isBalanced }) => sayRepair(day, proof, isBalanced)),
  ];
  const summary = `Changed the zone from ${from} to ${name}; proved ${counts.format(closed.length)} days, ${counts.format(differing.length)} differed.`;
  return { lines, summary, isSound: unbalanced.length === 0 };
}
