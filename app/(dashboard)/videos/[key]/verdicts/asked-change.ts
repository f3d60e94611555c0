// The change that stands in the address of the page: what a link or the form filled in, and what is wrong with it.
import { z } from 'zod';
import { firstText, type SearchParams } from '#components/address.ts';
import { instantOf, wallText } from '#components/wall-time.ts';
import type { Verdict } from '#verdicts/change-verdict.ts';

export type AskedChange = {
  /** As the inputs show them: on the wall of the reporting zone; empty where nothing was asked. */
  from: string;
  to: string;
  verdict: Verdict;
  why: string;
  /** Instants, where both ends can be read. */
  span: { from: string; to: string } | undefined;
  /** By the name of the field. */
  problems: Record<string, string>;
};

const instant = z.iso.datetime({ offset: true });

export function askedChange(params: SearchParams, timeZone: string): AskedChange {
  const [from, to] = [endOf(params.from, timeZone), endOf(params.to, timeZone)];
  const problems: Record<string, string> = {};
  if (from.given && !from.at) problems.from = 'should be a date and a time that the clocks showed';
  if (to.given && !to.at) problems.to = 'should be a date and a time that the clocks showed';
  if (from.at && to.at && from.at >= to.at) problems.to = 'should be later than the beginning';
  const isWhole = from.at && to.at && Object.keys(problems).length === 0;
  return {
    ...{
      from: from.shown,
      to: to.shown,
      problems,
      span: isWhole ? { from: from.at ?? '', to: to.at ?? '' } : undefined,
    },
    verdict: firstText(params.verdict) === 'person' ? 'person' : 'bot',
    why: firstText(params.why)?.trim().slice(0, 500) ?? '',
  };
}

/** Links give instants, the inputs what the clocks show. */
function endOf(
  param: SearchParams[string],
  timeZone: string,
): { given: string; at: string | undefined; shown: string } {
  const given = firstText(param) ?? '';
  const at = instant.safeParse(given).success ? new Date(given).toISOString() : instantOf(given, timeZone);
  return { given, at, shown: at ? wallText(at, timeZone) : given };
}
