import type { Screened } from '#reports/screened.ts';

/** Of the bars behind rows; what was not counted and what was counted before never look alike. */
export function barColour(reason: Screened | undefined): string {
  return reason === 'duplicate' ? 'bg-rule' : 'bg-wrong-soft';
}
