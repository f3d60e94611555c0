/** What a video's public key may look like. Anything else is nobody's key: the database need not be asked. */
export const videoKeyPattern = /^[A-Za-z0-9_~.-]{1,128}$/;
