'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { action, named } from '#app/action.ts';
import { permitVideo } from '#app/managing.ts';
import type { FormState } from '#components/form-state.ts';
import { readZone } from '#db/reporting-zone.ts';
import { archivedDays } from '#reports/archived-days.ts';
import { runtime } from '#runtime.ts';
import { changeVerdict } from '#verdicts/change-verdict.ts';
import { refusalText } from '#verdicts/outcome-text.ts';

const asked = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  verdict: z.enum(['bot', 'person']),
  why: named.min(1).max(500),
});

/** Says of a time of a video, whose channel the visitor manages, that its views were a bot's, or people's. */
export const change = action([named, asked], async (key, { from, to, verdict, why }): Promise<FormState> => {
  const { author } = await permitVideo(key);
  const { sql } = runtime().accounts;
  const span = { from: new Date(from), to: new Date(to) };
  const changed = await changeVerdict(sql, { video: key, ...span, verdict, why }, author, await readZone(sql));
  if (changed.status !== 'changed') {
    const archived = changed.status === 'archived' ? await archivedDays(sql, { from, to }) : [];
    return { said: refusalText(changed, archived) ?? '', isWrong: true };
  }
  revalidatePath('/', 'layout');
  redirect(`/videos/${key}/verdicts?changed=${changed.id}`);
});
