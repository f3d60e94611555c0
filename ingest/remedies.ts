import type { Reason } from './wire.ts';

export type Remedy = {
  /** What is wrong and, where everybody who is concerned may do it, what to do. */
  said: string;
  /** What whoever operates the server does. */
  operators?: string;
  /** The same, or a part of it, as a command. */
  command?: string;
  /** What everybody else does. */
  others?: string;
};

/** What each reason, and `duplicate`, asks of whoever sent the view. The page Not counted and README.md say it in these words. */
export const remedies: Record<Reason | 'duplicate', Remedy> = {
  unknown_video: {
    said: 'No video has the key that was sent, or it was deleted. Compare it with the key on the video’s page (capital and small letters differ), or make the video: Videos, New video. Where first views make videos, and several channels do so for one site, the snippet has to name one: data-channel="HANDLE".',
    command: 'npm run video -- KEY --channel HANDLE',
  },
  too_many_videos: {
    said: 'The key is new, and today its channel has made as many videos at their first view as it may. Make the video (Videos, New video), or let the channel make more, in its Settings.',
    command: 'npm run channel -- HANDLE --first-view NUMBER',
  },
  own_view: {
    said: 'The view was your own team’s: somebody signed in, a member of the channel or an admin. To count such views, say so in the channel’s Settings.',
    command: 'npm run channel -- HANDLE --count-own-views',
  },
  other_channel: {
    said: 'The key that the server sent is not for the channel of this video.',
    operators: 'Make one that is, on the page Keys.',
    command: 'npm run key -- create NAME --scope views:write --channel HANDLE',
    others: 'Ask an admin for one that is.',
  },
  invalid: {
    said: 'A field is missing or is not what it should be. The answer names the field and says what it should be.',
  },
  clock_skew: {
    said: 'The sender’s clock, or the time in the id, is over a minute off. Set it by the serverTime of the answer and send the view under a new id; player.js does so by itself.',
  },
  too_old: {
    said: 'The view is more than seven days old.',
    operators: 'Bring it in with an import.',
    command: 'npm run import -- FILE',
    others: 'Ask an admin to import it.',
  },
  archived: {
    said: 'The log of the view’s day was archived and takes no more views.',
    operators: 'To import late, keep the log for longer with LOG_DAYS.',
    others: 'Ask an admin to keep the log for longer.',
  },
  wrong_origin: {
    said: 'The site, or what the request said instead of one, is not on the list of the video’s channel. Add it in the channel’s Settings.',
    command: 'npm run channel -- HANDLE --origin SITE',
  },
  duplicate: {
    said: 'The view was counted before and was sent again, as players do that got no answer. It counts once: nothing is lost, and there is nothing to do.',
  },
};
