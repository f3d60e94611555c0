'use server';

import { revalidatePath } from 'next/cache';
import { action, before, filled, named } from '#app/action.ts';
import { permitChannel, permitRemovedVideo, permitVideo } from '#app/managing.ts';
import { type FormState, problemsOf, refused, textOf } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';
import { changeVideo } from '#videos/change-video.ts';
import { type MovedVideo, moveVideo } from '#videos/move-video.ts';
import { undoMerge } from '#videos/undo-merge.ts';
import { parseVideoFields } from '../../video-form.ts';
import { busy } from '../busy.ts';

export const editVideo = action([named, before, filled], async (key, _, form): Promise<FormState> => {
  const { author } = await permitVideo(key);
  const { accounts, timeZone } = runtime();
  const fields = parseVideoFields(form, timeZone);
  if (!fields.success) return refused(form, problemsOf(fields.error.issues));
  const { status } = await changeVideo(accounts.sql, key, fields.data, author);
  revalidatePath(`/videos/${key}`, 'layout');
  if (status === 'no_video') return { said: 'The video was merged or deleted meanwhile.', isWrong: true };
  return { said: status === 'changed' ? 'Saved.' : 'It is so already.' };
});

/** Between channels that are both the visitor's. */
export const moveToChannel = action([named, before, filled], async (key, _, form): Promise<FormState> => {
  const { author } = await permitVideo(key);
  const { channel } = await permitChannel(textOf(form, 'channel'));
  const moved = await moveVideo(runtime().accounts.sql, key, channel.handle, author);
  revalidatePath(`/videos/${key}`, 'layout');
  return saidOfMove(moved, channel.name);
});

/** `key` is what was merged; the visitor manages the channel that it goes back to, and that of the video that loses its views. */
export const undo = action([named], async (key): Promise<FormState> => {
  const { video, author } = await permitRemovedVideo(key);
  if (video.mergedInto !== null) await permitVideo(video.mergedInto);
  const undone = await undoMerge(runtime().accounts.sql, key, author);
  if (undone.status === 'busy') return busy;
  if (undone.status === 'not_merged') return { said: 'It is not merged any more.', isWrong: true };
  revalidatePath(`/videos/${undone.from}`, 'layout');
  return { said: `${key} is a video of its own again, with its views.` };
});

function saidOfMove({ status }: MovedVideo, name: string): FormState {
  switch (status) {
    case 'moved':
      return { said: `It stands in ${name} now, with its whole history.` };
    case 'unchanged':
      return { said: `It stands in ${name} already.` };
    case 'busy':
      return busy;
    case 'channel_archived':
      return { said: `${name} is archived and takes no more videos: nothing was moved.`, isWrong: true };
    case 'no_channel':
    case 'no_video':
      return { said: 'It is gone meanwhile: nothing was moved.', isWrong: true };
  }
}
