/** What a channel's handle may look like. Anything else is nobody's handle: the database need not be asked. */
export const channelHandlePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
