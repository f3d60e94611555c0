'use server';

import { notFound, redirect } from 'next/navigation';
import { action, named } from '#app/action.ts';
import { permitVideo } from '#app/managing.ts';
import type { FormState } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';
import { mergeVideo } from '#videos/merge-video.ts';
import { busy } from '../busy.ts';
import { mergeTarget } from './merge-target.ts';

/** Both videos are of channels that the visitor manages. */
export const mergeInto = action([named, named], async (key, into): Promise<FormState> => {
  const { author } = await permitVideo(key);
  if (!(await mergeTarget(key, into)).video) notFound();
  const merged = await mergeVideo(runtime().accounts.sql, key, into, author);
  if (merged.status === 'busy') return busy;
  if (merged.status !== 'merged') return { said: 'One of them is gone meanwhile: nothing was merged.', isWrong: true };
  redirect(`/videos/${into}/edit?merged=${encodeURIComponent(key)}`);
});
