'use server';

import { revalidatePath } from 'next/cache';
import { action, before, filled, named } from '#app/action.ts';
import { permitVideo } from '#app/managing.ts';
import { type FormState, problemsOf, refused, textOf } from '#components/form-state.ts';
import { exact } from '#components/number-text.ts';
import { enterBalances } from '#opening/enter-balances.ts';
import { newBalance } from '#opening/new-balance.ts';
import { dateAt } from '#reports/calendar.ts';
import { runtime } from '#runtime.ts';

const nothing = 'Nothing was entered: see above.';

/** Enters one count of the video with this key. Its source and day stay in the form for the next one. */
export const enterCount = action([named, before, filled], async (key, _, form): Promise<FormState> => {
  const { video, author } = await permitVideo(key);
  const { accounts, timeZone } = runtime();
  const parsed = newBalance.safeParse({
    video: key,
    views: wholeNumber(textOf(form, 'views')),
    day: textOf(form, 'day') || undefined,
    source: textOf(form, 'source') || undefined,
  });
  if (!parsed.success) return refused(form, problemsOf(parsed.error.issues), nothing);
  const { views, source, day = '' } = parsed.data;
  const today = dateAt(author.now, timeZone);
  const entered = await enterBalances(accounts.sql, [parsed.data], { whose: [video.channelId], author, today });
  if (entered.status === 'refused') return refused(form, {}, entered.problems[0]?.problem);
  revalidatePath('/', 'layout');
  return { said: `Entered ${exact(views)} views from ${source}.`, given: { source: textOf(form, 'source'), day } };
});

/** Also as other products show it, in groups of three: 1,204,331. */
function wholeNumber(text: string): number {
  const digits = /^\d{1,3}([ ,.'’\u00a0\u202f]\d{3})+$/.test(text) ? text.replace(/\D/g, '') : text;
  return /^\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN;
}
