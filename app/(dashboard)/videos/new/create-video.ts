'use server';

import { redirect } from 'next/navigation';
import { action, before, filled } from '#app/action.ts';
import { permitChannel } from '#app/managing.ts';
import { type FormState, problemsOf, refused, textOf } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';
import { chosenKey } from '#videos/create-videos.ts';
import { type MadeVideo, makeVideo } from '#videos/make-video.ts';
import { parseVideoFields } from '../video-form.ts';

const nothingMade = 'No video was made: see above.';

export const createVideo = action([before, filled], async (_, form): Promise<FormState> => {
  const { channel, author } = await permitChannel(textOf(form, 'channel'));
  const { accounts, timeZone } = runtime();
  const key = chosenKey.safeParse(textOf(form, 'key'));
  const fields = parseVideoFields(form, timeZone);
  if (!key.success || !fields.success) {
    const problems = fields.success ? {} : problemsOf(fields.error.issues);
    const problem = key.error?.issues[0]?.message;
    return refused(form, problem ? { ...problems, key: problem } : problems, nothingMade);
  }
  const given = Object.entries(fields.data).filter(([, value]) => value !== null);
  const video = { title: fields.data.title, ...Object.fromEntries(given), key: key.data };
  const made = await makeVideo(accounts.sql, channel.handle, video, author);
  if (made.status !== 'made') return refused(form, problemOf(made), nothingMade);
  redirect(`/videos/${key.data}`);
});

function problemOf({ status }: MadeVideo): Record<string, string> {
  if (status === 'key_taken') return { key: 'is taken, or was: a merged or deleted video keeps its own' };
  if (status === 'channel_archived') return { channel: 'is archived: bring it back in its settings' };
  return { channel: 'is gone: choose another' };
}
