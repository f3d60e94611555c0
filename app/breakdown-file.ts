import { breakdownDays } from '#components/breakdown-days.ts';
import { askedDimension, valueName } from '#components/dimension-names.ts';
import { breakdown } from '#reports/breakdown.ts';
import { parseRange } from '#reports/range.ts';
import type { Subject } from '#reports/subject.ts';
import { writeBreakdown } from '#reports/write-breakdown.ts';
import { runtime } from '#runtime.ts';
import { csvAnswer } from './csv-answer.ts';

const mostRows = 100_000;

/** All values of one dimension in a range, as the parameters of a page name them, as a file. */
export async function breakdownFile(request: Request, subject: Subject, name: string): Promise<Response> {
  const { db, timeZone } = runtime();
  const params = new URL(request.url).searchParams;
  const asked = {
    range: params.get('range') ?? undefined,
    from: params.get('from') ?? undefined,
    to: params.get('to') ?? undefined,
  };
  const by = askedDimension(params.get('by') ?? undefined);
  const { range } = parseRange(asked, new Date(), timeZone);
  const found = await breakdown(db, subject, by, breakdownDays(range), mostRows);
  return csvAnswer(
    `${name}-by-${by}.csv`,
    writeBreakdown(found, (value) => valueName(by, value)),
  );
}
