// The wire format of the view endpoint: what a sender may send and what it is answered.
import { isIP } from 'node:net';
import { z } from 'zod';
import { videoKeyPattern } from '#videos/video-key.ts';
import { viewedAtOf } from './view-id.ts';

const time = z.union([z.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))], {
  error: 'should be milliseconds since 1970 or an ISO 8601 time',
});
// What an id has room for.
const latestTime = 2 ** 48;

/** One view as a sender sends it. Unknown fields are ignored, so that newer players can talk to older servers. */
export const sentView = z.object({
  video: z
    .string('should be the key of a video')
    .regex(videoKeyPattern, 'should be the key of a video: 1 to 128 of A-Z a-z 0-9 _ ~ . -'),
  id: z.uuidv7('should be a UUIDv7').toLowerCase().optional(),
  device: z
    .uuid('should be a UUID')
    .toLowerCase()
    // Version 8 is what we give viewers without a device, so nobody can pose as one of those.
    .refine((uuid) => uuid[14] !== '8', 'should be a UUID of version 4')
    .optional(),
  sentAt: time.optional(),
  page: z.string('should be a URL').optional(),
  referrer: z.string('should be a URL').optional(),
  muted: z.boolean('should be true or false').optional(),
  /** What the page is called, and the handle of the channel that a video made by this view is to be in. */
  title: z.string('should be the title of the page').optional(),
  channel: z.string('should be the handle of a channel').optional(),
});

/** What a server with a key may say besides of a view, which is another's and not its own. From anybody else it is ignored. */
const serverView = sentView
  .extend({
    /** When playback started, where the id does not tell. */
    viewedAt: time.refine((ms) => ms >= 0 && ms < latestTime, 'should be milliseconds since 1970').optional(),
    /** The viewer's header. */
    userAgent: z.string('should be the User-Agent header of the viewer').optional(),
    /** The viewer's IP address: hashed with the secret of the day, never stored, never logged. */
    clientAddress: z
      .string('should be the IP address of the viewer')
      .refine((text) => isIP(text) !== 0, 'should be the IP address of the viewer')
      .optional(),
    /** Whom the sender knows the viewer as. */
    user: z
      .string('should be the id of a user: 1 to 200 characters')
      .min(1, 'should be the id of a user: 1 to 200 characters')
      .max(200, 'should be the id of a user: 1 to 200 characters')
      .optional(),
  })
  .refine(({ id, viewedAt }) => !id || viewedAt === undefined || Math.floor(viewedAt) === viewedAtOf(id), {
    path: ['viewedAt'],
    error: 'should be left out beside an id, or be the time in it',
  });

export type SentView = z.infer<typeof serverView>;

/** Why a view was not counted. */
export type Rejection =
  /** `message` says why no video was made by this view, where that is not plain. */
  | { reason: 'unknown_video'; message?: string }
  | { reason: 'too_many_videos' }
  | { reason: 'own_view' }
  | { reason: 'other_channel' }
  | { reason: 'invalid'; field: string; message: string }
  | { reason: 'clock_skew'; serverTime: number }
  | { reason: 'too_old' }
  | { reason: 'archived' }
  | { reason: 'wrong_origin' };

export type Reason = Rejection['reason'];

/** What each reason, and `duplicate`, asks of whoever sent the view. The page Not counted and README.md say it in these words. */
export const remedies: Record<Reason | 'duplicate', string> = {
  unknown_video:
    'No video has the key that was sent, or it was deleted. Compare it with the key on the video’s page (capital and small letters differ), or make the video: Videos, New video, or npm run video. Where first views make videos, and several channels do so for one site, the snippet has to name one: data-channel="HANDLE".',
  too_many_videos:
    'The key is new, and today its channel has made as many videos at their first view as it may. Make the video (Videos, New video, or npm run video), or let the channel make more: in its Settings, or with npm run channel -- HANDLE --first-view NUMBER.',
  own_view:
    'The view was your own team’s: somebody signed in, a member of the channel or an admin. To count such views, say so in the channel’s Settings, or with npm run channel -- HANDLE --count-own-views.',
  other_channel:
    'The key that the server sent is not for the channel of this video. Make one that is with npm run key -- create.',
  invalid: 'A field is missing or is not what it should be. The answer names the field and says what it should be.',
  clock_skew:
    'The sender’s clock, or the time in the id, is over a minute off. Set it by the serverTime of the answer and send the view under a new id; player.js does so by itself.',
  too_old: 'The view is more than seven days old. Bring it in with npm run import.',
  archived:
    'The log of the view’s day was archived and takes no more views. To import late, keep the log for longer with LOG_DAYS.',
  wrong_origin:
    'The site, or what the request said instead of one, is not on the list of the video’s channel. Add it in the channel’s Settings, or with npm run channel -- HANDLE --origin SITE.',
  duplicate:
    'The view was counted before and was sent again, as players do that got no answer. It counts once: nothing is lost, and there is nothing to do.',
};

/** `id` is null where the sender sent none that could be read. */
export type Result =
  | { id: string; status: 'counted' | 'duplicate' }
  | ({ id: string | null; status: 'rejected' } & Rejection);

/** Parses one item of a request, by a server with a key or by anybody else; the first problem found names its field. */
export function parseSentView(
  body: unknown,
  isOfServer: boolean,
): SentView | Extract<Rejection, { reason: 'invalid' }> {
  const parsed = (isOfServer ? serverView : sentView).safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.length ? issue.path.join('.') : 'view';
  return { reason: 'invalid', field, message: field === 'view' ? 'should be an object' : (issue?.message ?? '') };
}
