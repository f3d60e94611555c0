// The wire format of the view endpoint: what a sender may send and what it is answered.
import { z } from 'zod';
import { videoKeyPattern } from '#videos/video-key.ts';

export const maxViewsPerRequest = 50;

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
  sentAt: z
    .union([z.number(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))], {
      error: 'should be milliseconds since 1970 or an ISO 8601 time',
    })
    .optional(),
  page: z.string('should be a URL').optional(),
  referrer: z.string('should be a URL').optional(),
  muted: z.boolean('should be true or false').optional(),
});

export type SentView = z.infer<typeof sentView>;

/** Why a view was not counted. */
export type Rejection =
  | { reason: 'unknown_video' }
  | { reason: 'invalid'; field: string; message: string }
  | { reason: 'clock_skew'; serverTime: number }
  | { reason: 'too_old' }
  | { reason: 'archived' }
  | { reason: 'origin_not_allowed' };

export type Reason = Rejection['reason'];

/** `id` is null where the sender sent none that could be read. */
export type Result =
  | { id: string; status: 'counted' | 'duplicate' }
  | ({ id: string | null; status: 'rejected' } & Rejection);

/** Parses one item of a request; the first problem found names its field. */
export function parseSentView(body: unknown): SentView | Extract<Rejection, { reason: 'invalid' }> {
  const parsed = sentView.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.length ? issue.path.join('.') : 'view';
  return { reason: 'invalid', field, message: field === 'view' ? 'should be an object' : (issue?.message ?? '') };
}
