'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { action, named } from '#app/action.ts';
import { permitVideo } from '#app/managing.ts';
import type { FormState } from '#components/form-state.ts';
import { readZone } from '#db/reporting-zone.ts';
import { runtime } from '#runtime.ts';
import { refusalText } from '#verdicts/outcome-text.ts';
import { reverseVerdict } from '#verdicts/reverse-verdict.ts';

/** Takes a change back, by its number; the visitor manages the channel of the video. */
export const reverse = action([named, z.int().positive()], async (key, id): Promise<FormState> => {
  const { author } = await permitVideo(key);
  const { sql } = runtime().accounts;
  const reversed = await reverseVerdict(sql, key, id, author, await readZone(sql));
  if (reversed.status !== 'reversed') return { said: refusalText(reversed, []) ?? '', isWrong: true };
  revalidatePath('/', 'layout');
  redirect(`/videos/${key}/verdicts?reversed=${id}`);
});
