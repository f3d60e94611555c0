// Does what a sheet says, all of it or nothing, with an entry in the audit of changes for each video.
import { createHash } from 'node:crypto';
import type { Author } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import { holdCounts } from '#rollups/hold-counts.ts';
import { changeVideoIn } from '../change-video.ts';
import { deleteVideoIn } from '../delete-video.ts';
import { makeVideoIn } from '../make-video.ts';
import { moveVideoIn } from '../move-video.ts';
import { type Manages, planSheet, type SheetPlan, type Step } from './plan-sheet.ts';

export type AppliedSheet =
  | { status: 'applied'; plan: SheetPlan }
  /** A line is bad, or the videos are no longer those that were shown: what would be done now. Nothing was changed. */
  | { status: 'not_as_shown'; plan: SheetPlan }
  /** A day was being closed or dropped for too long: try again. */
  | { status: 'busy' };

/** What somebody who was shown a plan agrees to. Views that come in meanwhile make it no other. */
export function agreementOf({ steps, bad }: SheetPlan): string {
  const shown = steps.map((step) => (step.kind === 'delete' ? { ...step, views: 0 } : step));
  return createHash('sha256')
    .update(JSON.stringify([shown, bad]))
    .digest('hex');
}

/** `agreement` is that of the plan that was shown. */
export async function applySheet(
  sql: Sql,
  text: string,
  manages: Manages,
  agreement: string,
  author: Author,
): Promise<AppliedSheet> {
  const plan = await planSheet(sql, text, manages);
  if (plan.bad.length > 0 || agreementOf(plan) !== agreement) return { status: 'not_as_shown', plan };
  try {
    const isDone = await doAll(sql, plan, author);
    return isDone ? { status: 'applied', plan } : { status: 'busy' };
  } catch (error) {
    if (!(error instanceof NotAsShown)) throw error;
    return { status: 'not_as_shown', plan: await planSheet(sql, text, manages) };
  }
}

/** Somebody changed a video between the plan and its turn. */
class NotAsShown extends Error {}

async function doAll(sql: Sql, { steps }: SheetPlan, author: Author): Promise<boolean> {
  // In the order of their keys: two sheets that change each other's videos would deadlock otherwise.
  const sorted = steps.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const all = async (tx: Transaction, latest: Date) => {
    for (const step of sorted) await take(tx, step, author, latest);
  };
  if (steps.some(({ kind }) => kind === 'move' || kind === 'delete')) {
    return (await holdCounts(sql, author.now, all)).status === 'done';
  }
  await sql.begin((tx) => all(tx, author.now));
  return true;
}

async function take(tx: Transaction, step: Step, author: Author, latest: Date): Promise<void> {
  const { key } = step;
  switch (step.kind) {
    case 'unchanged':
      return;
    case 'create': {
      const { title = key, sourceUrl, durationSeconds, publishedAt } = step.fields;
      const video = {
        key,
        title,
        publishedAt,
        sourceUrl: sourceUrl ?? undefined,
        durationSeconds: durationSeconds ?? undefined,
      };
      return mustBe('made', await makeVideoIn(tx, step.channel, video, author));
    }
    case 'change':
      return mustBe('changed', await changeVideoIn(tx, key, step.fields, author));
    case 'move':
      mustBe('moved', await moveVideoIn(tx, key, step.to, author, latest));
      if (Object.keys(step.fields).length > 0) mustBe('changed', await changeVideoIn(tx, key, step.fields, author));
      return;
    case 'delete':
      return mustBe('deleted', await deleteVideoIn(tx, key, author, latest));
  }
}

function mustBe(wanted: string, { status }: { status: string }): void {
  if (status !== wanted) throw new NotAsShown(`A video of the sheet is ${status}.`);
}
