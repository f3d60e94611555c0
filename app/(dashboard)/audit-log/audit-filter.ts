import { firstText, type SearchParams } from '#components/address.ts';

export type ShownFilter = {
  subject: string | undefined;
  actor: string | undefined;
  action: string | undefined;
  /** The id of the last entry of the page before. */
  before: number | undefined;
};

/** What the address asks for; texts that are none are left out. */
export function filterOf(params: SearchParams): ShownFilter {
  const text = (name: string) => firstText(params[name])?.trim().slice(0, 500) || undefined;
  const before = text('before');
  return {
    ...{ subject: text('subject'), actor: text('actor'), action: text('action') },
    before: before && /^\d{1,15}$/.test(before) ? Number(before) : undefined,
  };
}
