'use server';

import { action, named } from '#app/action.ts';
import { permit } from '#app/permit.ts';
import { isDay } from '#db/day.ts';
import type { DayDifference } from '#db/schema.ts';
import { runtime } from '#runtime.ts';

export type ProvedDay =
  | { status: 'proved'; logViews: number; differingBuckets: number; differences: DayDifference[] }
  | { status: 'not_proved'; message: string };

/** The days from one to the other whose log is kept. */
export const daysToProve = action([named, named], async (from, to): Promise<string[]> => {
  await permit('installation:read');
  if (!isDay(from) || !isDay(to)) return [];
  return (await runtime().audit.days()).filter((day) => day >= from && day <= to);
});

/** Counts the log of a day once more. Changes nothing. */
export const proveDayNow = action([named], async (day): Promise<ProvedDay> => {
  await permit('installation:read');
  const { audit } = runtime();
  const proof = isDay(day) ? await audit.prove(day) : undefined;
  if (!proof)
    return { status: 'not_proved', message: 'Another proof is running, or the day has no whole log: try again later.' };
  const { logViews, differingBuckets, differences } = proof;
  return { status: 'proved', logViews, differingBuckets, differences: differences.slice(0, 5) };
});
