// What is written to people. Each has one link, for one use.
import type { Letter } from './mailer.ts';

export function invitationLetter(to: string, link: string): Letter {
  return {
    to,
    subject: 'Your invitation to Boxoffice',
    text: `You are invited to Boxoffice, which measures who watches videos.

Choose a name and a password here, within seven days:
${link}

If you do not know why you get this, leave it: nothing happens without you.
`,
  };
}

export function resetLetter(to: string, link: string): Letter {
  return {
    to,
    subject: 'A new password for Boxoffice',
    text: `Somebody, probably you, asked for a new password for Boxoffice.

Choose it here, within an hour:
${link}

If it was not you, leave this: your password stays as it is.
`,
  };
}
