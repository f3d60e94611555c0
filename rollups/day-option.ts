import { isDay } from '#db/day.ts';

/** The day that a command's `option` names, if it was given; throws for what is none. */
export function dayOption(option: string, text: string | undefined): string | undefined {
  // Postgres knows no year 0.
  if (text === undefined || (isDay(text) && text >= '0001')) return text;
  throw new Error(`${option} ${text}: should be a date such as 2026-03-10.`);
}
