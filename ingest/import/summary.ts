// What an import prints when it is over.
import { rejectedLines, type Tally } from './tally.ts';

export type ImportResult = {
  tally: Tally;
  videosMade: number;
  seconds: number;
  isDryRun: boolean;
  /** Where the rejected lines are. */
  rejectedPath: string | undefined;
};

export function printSummary(result: ImportResult): string {
  const { tally, videosMade, seconds, isDryRun, rejectedPath } = result;
  const rate = Math.round(tally.lines / Math.max(seconds, 0.001));
  const rows: [string, number][] = [
    [isDryRun ? 'would be counted' : 'counted', tally.counted],
    ...(isDryRun ? [] : [['duplicates', tally.duplicates] satisfies [string, number]]),
    ['rejected', rejectedLines(tally)],
    ...[...tally.rejected].map(([reason, lines]): [string, number] => [`  ${reason}`, lines]),
    ['skipped', tally.skipped],
    [isDryRun ? 'videos that would be made' : 'videos made', videosMade],
  ];
  return [
    ...printExamples(tally),
    `${print(tally.lines)} lines in ${seconds.toFixed(1)} s (${print(rate)} lines/s)`,
    ...rows.map(([name, value]) => `  ${name.padEnd(26)}${print(value).padStart(14)}`),
    ...printSpan(tally),
    ...(rejectedPath ? [`The rejected lines are in ${rejectedPath}: mend them and import that file.`] : []),
    ...(isDryRun ? ['Nothing was written.'] : []),
  ].join('\n');
}

function printExamples(tally: Tally): string[] {
  if (tally.examples.length === 0) return [];
  const more = rejectedLines(tally) - tally.examples.length;
  const rest = more > 0 ? [`  and ${print(more)} more`] : [];
  return ['Rejected:', ...tally.examples.map(({ number, message }) => `  line ${number}: ${message}`), ...rest];
}

function printSpan({ firstAt, lastAt }: Tally): string[] {
  if (lastAt < firstAt) return [];
  const [from, to] = [firstAt, lastAt].map((at) => new Date(at).toISOString().slice(0, 19).replace('T', ' '));
  return [`Views from ${from} to ${to} UTC`];
}

function print(value: number): string {
  return value.toLocaleString('en');
}
