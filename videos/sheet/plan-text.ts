// A plan in words, for pages and the command line.
import type { VideoChanges } from '../change-video.ts';
import type { SheetPlan, Step } from './plan-sheet.ts';

const names = { title: 'title', sourceUrl: 'source', durationSeconds: 'duration', publishedAt: 'published' } as const;

export function stepText(step: Step): string {
  const { key } = step;
  switch (step.kind) {
    case 'create':
      return `create ${key} in ${step.channel}: ${valuesText(step.fields)}`;
    case 'change':
      return `change ${key}: ${changesText(step.before, step.fields)}`;
    case 'move': {
      const also = Object.keys(step.fields).length > 0 ? `, and set ${valuesText(step.fields)}` : '';
      return `move ${key} from ${step.from} to ${step.to} with its history${also}`;
    }
    case 'delete':
      return `delete ${key} (${step.title}) with ${step.views} ${step.views === 1 ? 'view' : 'views'}`;
    case 'unchanged':
      return `leave ${key} as it is`;
  }
}

const toDo = {
  create: 'to create',
  change: 'to change',
  move: 'to move',
  delete: 'to delete',
  unchanged: 'as they are',
};

/** How many of each kind, in one sentence. */
export function planSum({ steps, bad }: SheetPlan): string {
  const there = countsText(steps, toDo);
  const wrong = bad.length === 1 ? '1 line is wrong' : `${bad.length} lines are wrong`;
  if (bad.length > 0) return `${wrong}, so nothing is done${there && ` (${there})`}.`;
  return there ? `${there}.` : 'There is no line to do anything with.';
}

/** The same once it is done. */
export function doneSum({ steps }: SheetPlan): string {
  const words = { create: 'created', change: 'changed', move: 'moved', delete: 'deleted', unchanged: 'as they were' };
  return `Done: ${countsText(steps, words)}.`;
}

function countsText(steps: Step[], words: Record<Step['kind'], string>): string {
  const kinds = ['create', 'change', 'move', 'delete', 'unchanged'] as const;
  const counts = kinds.map((kind) => [steps.filter((step) => step.kind === kind).length, words[kind]] as const);
  return counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}

/** Whether a plan has anything to do, and may be done. */
export function isToDo({ steps, bad }: SheetPlan): boolean {
  return bad.length === 0 && steps.some(({ kind }) => kind !== 'unchanged');
}

function valuesText(fields: VideoChanges): string {
  return namesOf(fields)
    .map((name) => `${names[name]} ${fields[name]}`)
    .join(', ');
}

function changesText(before: VideoChanges, after: VideoChanges): string {
  return namesOf(after)
    .map((name) => `${names[name]} ${before[name] ?? 'none'} → ${after[name] ?? 'none'}`)
    .join(', ');
}

function namesOf(fields: VideoChanges): (keyof typeof names)[] {
  const all = ['title', 'sourceUrl', 'durationSeconds', 'publishedAt'] as const;
  return all.filter((name) => fields[name] !== undefined);
}
