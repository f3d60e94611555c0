export const passwordLength = { least: 12, most: 128 };

/** What to know before choosing one. */
export const passwordHint = `${passwordLength.least} characters or more: a few words in a row will do.`;

/** What is wrong with a new password, as a sentence; undefined if nothing is. */
export function problemOfPassword(password: string, email: string): string | undefined {
  const { least, most } = passwordLength;
  if (password.length < least) return `Choose a password of ${least} characters or more: a few words in a row will do.`;
  if (password.length > most) return `Choose a password of ${most} characters at most.`;
  if (new Set(password).size < 5) return 'Choose a password of more than a few different characters.';
  if (password.toLowerCase().includes(email.toLowerCase()))
    return 'Choose a password without your e-mail address in it.';
  return undefined;
}
