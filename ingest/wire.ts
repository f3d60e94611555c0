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
