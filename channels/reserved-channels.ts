// Two channels that are nobody's, among the channels' aggregates only.
import type { ChannelId } from '#db/schema.ts';

/** All channels together. */
export const allChannelsId = 0 as ChannelId;
/** What was recorded for videos that were deleted: with channel 0 it is all that was ever recorded. */
export const deletedVideosId = -1 as ChannelId;
