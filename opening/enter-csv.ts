import type { Sql } from '#db/client.ts';
import { type Entered, type Entering, enterBalances } from './enter-balances.ts';
import { type LineProblem, readCsv } from './read-csv.ts';

export type EnteredCsv =
  | (Exclude<Entered, { status: 'refused' }> & { zeros: number })
  | { status: 'refused'; problems: LineProblem[] };

/** All lines of a file as one entry, or none. `source` is that of lines which name none. */
export async function enterCsv(
  sql: Sql,
  file: Buffer,
  source: string | undefined,
  entering: Entering,
): Promise<EnteredCsv> {
  const read = readCsv(file, source);
  if ('problems' in read) return { status: 'refused', problems: read.problems };
  const entered = await enterBalances(sql, read.balances, entering);
  if (entered.status !== 'refused') return { ...entered, zeros: read.zeros };
  const problems = entered.problems.map(({ at, problem }) => ({ line: read.lines[at] ?? 0, problem }));
  return { status: 'refused', problems };
}
