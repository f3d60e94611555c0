import type { FormState } from '#components/form-state.ts';

/** What whoever moves counts is told while others prove or drop them. */
export const busy: FormState = {
  said: 'A day is being proved or archived just now: nothing was changed. Try again in a minute.',
  isWrong: true,
};
