import { z } from 'zod';
import { textOf } from '#components/form-state.ts';
import type { Role } from '#db/schema.ts';

const role = z.enum(['admin', 'analyst', 'creator']).catch('creator');

/** Whatever is no role is the one that may least. */
export function roleIn(form: FormData): Role {
  return role.parse(textOf(form, 'role'));
}

/** Handles: ticked one by one, or written into one field. */
export function channelsIn(form: FormData): string[] {
  const written = form.getAll('channels').filter((value) => typeof value === 'string');
  return [...new Set(written.flatMap((text) => text.split(/[\s,]+/)).filter(Boolean))];
}
