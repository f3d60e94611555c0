import type { DayProof } from './day-proof.ts';

const counts = new Intl.NumberFormat('en');
const maxShown = 5;

/** One line for a day's proof, and one for each of the first differences. */
export function sayProof(day: string, proof: DayProof): string {
  const head = `${day}  ${counts.format(proof.logViews)} views in the log, ${counts.format(proof.differingBuckets)} differences`;
  const shown = proof.differences
    .slice(0, maxShown)
    .map(
      (one) =>
        `\n            ${one.table} of ${one.owner} ${one.bucket}: ${one.views} views and ${one.botViews} of bots, due are ${one.expectedViews} and ${one.expectedBotViews}`,
    );
  const more = proof.differingBuckets - shown.length;
  return head + shown.join('') + (more > 0 ? `\n            and ${counts.format(more)} more` : '');
}

/** The same, with what became of the differences, if there were any. */
export function sayRepair(day: string, proof: DayProof, isBalanced: boolean): string {
  if (proof.differingBuckets === 0) return sayProof(day, proof);
  return `${sayProof(day, proof)}${isBalanced ? ', repaired' : ', NOT balanced after the repair'}`;
}
