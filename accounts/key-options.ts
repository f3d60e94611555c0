// The command line of `npm run key`.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { channelHandle } from '#channels/create-channel.ts';
import { keyPrefixPattern, type Scope, scopes } from './api-key.ts';
import { keyParts } from './key-parts.ts';

export const usage = `npm run key -- create NAME --scope SCOPE [options]
npm run key -- list
npm run key -- revoke PREFIX

Makes, lists and revokes the keys with which servers use the API. A key is shown once, when it is made.

  NAME                     whose it is, to be found in the list
  --scope SCOPE            what it may do: ${scopes.join(', ')}; again for more
  --channel HANDLE         the channel it may do that for, again for more; every channel unless told
  --expires TIME           from when on it is refused: 2027-01-01 (0:00 UTC) or 2027-01-01T12:00:00Z; never unless told
  PREFIX                   what the list shows of a key, such as bo_1a2b3c4d`;

const newKey = z.object({
  NAME: keyParts.name,
  '--scope': keyParts.scopes,
  '--channel': z.array(channelHandle).optional(),
  '--expires': keyParts.expires.optional(),
});
const revocation = z.object({
  PREFIX: z.string().regex(keyPrefixPattern, 'should look like bo_1a2b3c4d, as npm run key -- list shows it'),
});

export type KeyOptions =
  | { action: 'create'; name: string; scopes: Scope[]; channels: string[] | undefined; expiresAt: string | undefined }
  | { action: 'list' }
  | { action: 'revoke'; prefix: string };

/** Undefined where help was asked for. Throws one error that names every option that is wrong; `now` in milliseconds. */
export function parseOptions(args: string[], now: number): KeyOptions | undefined {
  const many = { type: 'string', multiple: true } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { scope: many, channel: many, expires: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return undefined;
  const [action, subject, ...more] = positionals;
  const isAlone = Object.keys(values).length === 0 && more.length === 0;
  if (action === 'list' && subject === undefined && isAlone) return { action };
  if (action === 'revoke' && subject !== undefined && isAlone) {
    return { action, prefix: parsed(revocation, { PREFIX: subject }).PREFIX };
  }
  if (action !== 'create' || subject === undefined || more.length > 0) {
    throw new Error(`Say what to do: create NAME (in quotes if it has spaces), list, or revoke PREFIX.\n\n${usage}`);
  }
  const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [`--${name}`, value]));
  const {
    NAME,
    '--scope': all,
    '--channel': channels,
    '--expires': expiresAt,
  } = parsed(newKey, { NAME: subject, ...given });
  if (expiresAt && Date.parse(expiresAt) <= now) throw attention(['  --expires: should be in the future']);
  return { action, name: NAME, scopes: all, channels, expiresAt };
}

function parsed<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw attention(result.error.issues.map((issue) => `  ${String(issue.path[0])}: ${issue.message}`));
}

function attention(problems: string[]): Error {
  return new Error(`The options need attention:\n${problems.join('\n')}`);
}
