// The command line of `npm run account`.
import { parseArgs } from 'node:util';
import type { Role } from '#db/schema.ts';

export const usage = `npm run account -- --set-up
npm run account -- --invite EMAIL --role admin|analyst|creator [--channel HANDLE]…
npm run account -- --reset EMAIL
npm run account -- --end-second-factor EMAIL

For whoever has no way in. Prints links that work once; the server may run meanwhile.

  --set-up                    a link for the first account, while there is none
  --invite EMAIL              a link to join, good for seven days
  --role ROLE                 admin: everything; analyst: reads every channel; creator: the channels named
  --channel HANDLE            a channel of a creator, again for more
  --reset EMAIL               a link to choose a new password, good for an hour
  --end-second-factor EMAIL   turns it off for whoever lost their phone and backup codes`;

export type AccountOptions =
  | { action: 'set-up' }
  | { action: 'invite'; email: string; role: Role; channels: string[] }
  | { action: 'reset' | 'end-second-factor'; email: string };

const roles: readonly string[] = ['admin', 'analyst', 'creator'] satisfies Role[];

/** Undefined where help was asked for. Throws an error that says what to write. */
export function parseOptions(args: string[]): AccountOptions | undefined {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ 'set-up': { type: 'boolean' }, help: { type: 'boolean' } },
      ...{ invite: text, reset: text, 'end-second-factor': text, role: text },
      channel: { type: 'string', multiple: true },
    },
  });
  if (values.help) return undefined;
  const { role, channel: channels = [], help: _, ...actions } = values;
  const [[action, email] = [], ...more] = Object.entries(actions);
  if (action === undefined || more.length > 0) throw new Error(`Say what to do, one thing at once.\n\n${usage}`);
  if (action !== 'invite' && (role !== undefined || channels.length > 0)) {
    throw new Error('--role and --channel belong to --invite.');
  }
  if (action === 'set-up') return { action };
  if (action === 'reset' || action === 'end-second-factor') return { action, email: String(email) };
  if (!isRole(role)) throw new Error('--role should be admin, analyst or creator.');
  if (role !== 'creator' && channels.length > 0)
    throw new Error('--channel is for creators: the others see every channel.');
  return { action: 'invite', email: String(email), role, channels };
}

function isRole(text: string | undefined): text is Role {
  return text !== undefined && roles.includes(text);
}
