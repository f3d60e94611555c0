// What became of a change, in words, for pages and the command line alike.
import type { ChangedVerdict } from './change-verdict.ts';
import type { ReversedVerdict } from './reverse-verdict.ts';

type Refused = Exclude<(ChangedVerdict | ReversedVerdict)['status'], 'changed' | 'reversed' | 'overlaps' | 'archived'>;

const refusals: Record<Refused, string> = {
  no_video: 'There is no such video any more: it was merged or deleted. Nothing was changed.',
  no_span: 'The time has to end after it begins. Nothing was changed.',
  not_over: 'That time is not over: name an end that has passed. Nothing was changed.',
  no_change: 'There is no such change, or it was reversed before. Nothing was changed.',
  busy: 'A day is being proved or archived just now. Nothing was changed: try again in a minute.',
};

/** `archived`: the days whose log is, in words. */
export function refusalText(outcome: ChangedVerdict | ReversedVerdict, archived: string[]): string | undefined {
  switch (outcome.status) {
    case 'changed':
    case 'reversed':
      return undefined;
    case 'overlaps':
      return `Change ${outcome.id} holds for a part of that time: reverse it first. Nothing was changed.`;
    case 'archived': {
      const days = archived.length > 0 ? archived.join(', ') : 'some of its days';
      return `The log of ${days} is archived, so its views cannot be counted anew. Nothing was changed: npm run archive -- --restore DAY brings a day back.`;
    }
    default:
      return refusals[outcome.status];
  }
}

/** What a verdict says of every view of its time. */
export function verdictText(verdict: 'bot' | 'person'): string {
  return verdict === 'bot' ? 'set aside' : 'released';
}
