import type { ChannelId, VideoId } from '#db/schema.ts';

/** The counts of `of` (its rows as they are before all moves) are added to `owner`, `times` 1, or taken away from it, -1. */
export type CountsMove = { of: VideoId; times: 1 | -1 } & (
  | { subject: 'video'; owner: VideoId }
  | { subject: 'channel'; owner: ChannelId }
);
