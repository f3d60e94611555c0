'use server';

import { revalidatePath } from 'next/cache';
import { action, before, filled } from '#app/action.ts';
import { channelsToManage } from '#app/managing.ts';
import { runtime } from '#runtime.ts';
import { agreementOf, applySheet } from '#videos/sheet/apply-sheet.ts';
import { type Manages, planSheet, type SheetPlan } from '#videos/sheet/plan-sheet.ts';
import { doneSum, isToDo, planSum, stepText } from '#videos/sheet/plan-text.ts';
import { busy } from '../[key]/busy.ts';
import { maxSheetBytes, type SheetState, type ShownPlan } from './sheet-state.ts';

/** Shows what a sheet would do, or does what was shown and agreed to. */
export const sendSheet = action([before, filled], async (_, form): Promise<SheetState> => {
  const { ids, author } = await channelsToManage();
  const manages: Manages = (channel) => ids === null || ids.includes(channel);
  // Forms send the ends of lines as two characters; the page compares with what it has.
  const text = String(form.get('text') ?? '').replaceAll('\r\n', '\n');
  if (Buffer.byteLength(text) > maxSheetBytes)
    return { said: 'It has more than 60 KB: send it in parts.', isWrong: true };
  const { sql } = runtime().accounts;
  const plan = await planSheet(sql, text, manages);
  if (form.get('do') !== 'apply') return { text, plan: shown(plan) };
  const { confirmation } = shown(plan);
  if (confirmation && String(form.get('confirmation')).trim() !== confirmation)
    return { text, plan: shown(plan), said: `Nothing was done: type ${confirmation} below.`, isWrong: true };
  const applied = await applySheet(sql, text, manages, String(form.get('agreement')), author);
  if (applied.status === 'busy') return { ...busy, text, plan: shown(plan) };
  if (applied.status === 'not_as_shown')
    return { text, plan: shown(applied.plan), said: 'Nothing was done: look at it once more.', isWrong: true };
  revalidatePath('/videos', 'layout');
  return { said: doneSum(applied.plan) };
});

function shown(plan: SheetPlan): ShownPlan {
  const deletes = plan.steps.filter(({ kind }) => kind === 'delete').length;
  return {
    sum: planSum(plan),
    lines: plan.steps.map((step) => ({ line: step.line, text: stepText(step) })),
    bad: plan.bad.map(({ line, problem }) => ({ line, text: problem })),
    agreement: isToDo(plan) ? agreementOf(plan) : undefined,
    confirmation: deletes > 0 ? `delete ${deletes}` : undefined,
  };
}
