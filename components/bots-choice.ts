// Whom a chart and its figures are about: people, unless the address says otherwise (?bots=with, ?bots=only).
import { firstText, type SearchParams } from './address.ts';

export type BotsChoice = 'people' | 'with' | 'only';

export function botsChoice(params: SearchParams): BotsChoice {
  const asked = firstText(params.bots);
  return asked === 'with' || asked === 'only' ? asked : 'people';
}

/** Of views and bots among them, what is chosen. */
export function chosenCount(choice: BotsChoice, { views, botViews }: { views: number; botViews: number }): number {
  if (choice === 'with') return views;
  return choice === 'only' ? botViews : views - botViews;
}

/** What stands behind a number of them. */
export const nounOf: Record<BotsChoice, string> = { people: 'people', with: 'people and bots', only: 'bots' };
