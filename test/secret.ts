/** APP_SECRET of every server that a test starts. */
export const secret = 'a secret of at least thirty-two characters';
