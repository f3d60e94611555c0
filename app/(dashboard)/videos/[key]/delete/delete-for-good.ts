'use server';

import { redirect } from 'next/navigation';
import { action, before, filled, named } from '#app/action.ts';
import { permitVideo } from '#app/managing.ts';
import { type FormState, refused, textOf } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';
import { deleteVideo } from '#videos/delete-video.ts';
import { busy } from '../busy.ts';

/** The key is typed once more by whoever means it. */
export const deleteForGood = action([named, before, filled], async (key, _, form): Promise<FormState> => {
  const { author } = await permitVideo(key);
  if (textOf(form, 'key') !== key) return refused(form, { key: 'is another: type the one of this video' });
  const deleted = await deleteVideo(runtime().accounts.sql, key, author);
  if (deleted.status === 'busy') return busy;
  redirect(`/videos/${key}/delete`);
});
