import { readFile } from 'node:fs/promises';
import type { Author } from '#accounts/audit-entries.ts';
import type { Sql } from '#db/client.ts';
import type { SheetOptions } from './options.ts';
import { agreementOf, applySheet } from './sheet/apply-sheet.ts';
import { planSheet } from './sheet/plan-sheet.ts';
import { doneSum, isToDo, planSum, stepText } from './sheet/plan-text.ts';

/** What `npm run video -- --file` says: what the sheet would do, or did. Throws where a line is bad. */
export async function runSheet(sql: Sql, { file, isApplied }: SheetOptions, author: Author): Promise<string> {
  const bytes = await readFile(file).catch(() => {
    throw new Error(`There is no file ${file} that can be read.`);
  });
  const text = bytes.toString();
  const plan = await planSheet(sql, text, () => true);
  if (plan.bad.length > 0)
    throw new Error([planSum(plan), ...plan.bad.map(({ line, problem }) => `  line ${line}: ${problem}`)].join('\n'));
  const lines = plan.steps
    .filter(({ kind }) => kind !== 'unchanged')
    .map((step) => `  line ${step.line}: ${stepText(step)}`);
  if (!isApplied)
    return [...lines, planSum(plan), ...(isToDo(plan) ? ['Nothing was done yet: add --apply.'] : [])].join('\n');
  const applied = await applySheet(sql, text, () => true, agreementOf(plan), author);
  if (applied.status === 'busy')
    throw new Error('A day is being proved or archived just now: nothing was changed. Try again.');
  if (applied.status === 'not_as_shown')
    throw new Error('Somebody changed a video meanwhile: nothing was done. Try again.');
  return doneSum(applied.plan);
}
