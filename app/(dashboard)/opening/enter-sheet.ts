'use server';

import { revalidatePath } from 'next/cache';
import { action, before, filled } from '#app/action.ts';
import { channelsToManage } from '#app/managing.ts';
import { countsText, exact } from '#components/number-text.ts';
import { enterCsv } from '#opening/enter-csv.ts';
import { newBalance } from '#opening/new-balance.ts';
import { dateAt } from '#reports/calendar.ts';
import { runtime } from '#runtime.ts';
import { maxSheetBytes, type SheetState } from './sheet-state.ts';

/** Checks a CSV text, or enters it as one entry. */
export const enterSheet = action([before, filled], async (_, form): Promise<SheetState> => {
  const { ids: whose, author } = await channelsToManage();
  const text = String(form.get('text') ?? '');
  const file = Buffer.from(text);
  if (text.trim() === '') return { isWrong: true, said: 'Choose a file, or paste its lines.' };
  if (file.length > maxSheetBytes) {
    return { isWrong: true, said: 'It has more than 60 KB: enter it in parts.' };
  }
  const source = newBalance.shape.source.safeParse(String(form.get('source') ?? '').trim() || undefined);
  if (!source.success) return { isWrong: true, said: `Counted by: ${source.error.issues[0]?.message}.` };
  const { accounts, timeZone } = runtime();
  const isDryRun = form.get('do') !== 'enter';
  const today = dateAt(author.now, timeZone);
  const entered = await enterCsv(accounts.sql, file, source.data, { whose, author, today, isDryRun });
  if (entered.status === 'refused') {
    return { isWrong: true, said: 'Nothing was entered. These lines need attention:', problems: entered.problems };
  }
  const sum = `${countsText(entered.balances, entered.videos)}, ${exact(entered.views)} views in all`;
  if (entered.status === 'checked') return { said: `The file is good: ${sum}. Nothing was entered yet.` };
  revalidatePath('/', 'layout');
  return { said: `Entered ${sum}, as entry ${entered.entry}.`, isEntered: true };
});
