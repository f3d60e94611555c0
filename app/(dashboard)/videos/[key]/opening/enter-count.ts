'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { action, before, filled } from '#app/action.ts';
import { permit } from '#app/permit.ts';
import { exact } from '#components/number-text.ts';
import { enterBalances } from '#opening/enter-balances.ts';
import { newBalance } from '#opening/new-balance.ts';
import { dateAt } from '#reports/calendar.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { runtime } from '#runtime.ts';
import { permitEntering } from '../../../opening/permit-entering.ts';

export type CountState = { said?: string; isWrong?: boolean; isEntered?: boolean };

/** Enters one count of a video. */
export const enterCount = action([before, filled], async (_, form): Promise<CountState> => {
  const { whose, author } = await permitEntering();
  const { db, accounts, timeZone } = runtime();
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const video = await videoByKey(db, 'all', text('video'));
  if (!video) notFound();
  await permit('channel:manage', { channel: video.channel.id });
  const parsed = newBalance.safeParse({
    video: video.key,
    views: wholeNumber(text('views')),
    day: text('day') || undefined,
    source: text('source') || undefined,
  });
  if (!parsed.success) {
    const {
      path: [field],
      message,
    } = parsed.error.issues[0] ?? { path: [], message: '' };
    return { isWrong: true, said: `${names[String(field)] ?? 'The video'} ${message}.` };
  }
  const entered = await enterBalances(accounts.sql, [parsed.data], {
    whose,
    author,
    today: dateAt(author.now, timeZone),
  });
  if (entered.status === 'refused') return { isWrong: true, said: entered.problems[0]?.problem };
  revalidatePath('/', 'layout');
  return { isEntered: true, said: `Entered ${exact(parsed.data.views)} views from ${parsed.data.source}.` };
});

const names: Record<string, string> = { views: 'Views', day: 'Only of the day', source: 'Counted by' };

/** Also as other products show it, in groups of three: 1,204,331. */
function wholeNumber(text: string): number {
  const digits = /^\d{1,3}([ ,.'’\u00a0\u202f]\d{3})+$/.test(text) ? text.replace(/\D/g, '') : text;
  return /^\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN;
}
