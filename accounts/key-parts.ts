import { z } from 'zod';
import { type Scope, scopes } from './api-key.ts';

/** What is said of a key that is to be made, at the command line or on a page. */
export const keyParts = {
  name: z.string().trim().min(1, 'should not be empty').max(200, 'should have 200 characters at most'),
  scopes: z
    .array(z.enum(scopes, `should be ${scopes.slice(0, -1).join(', ')} or ${scopes.at(-1)}`), {
      error: 'should be given, such as --scope views:write',
    })
    .transform((all): Scope[] => [...new Set(all)]),
  expires: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })], {
      error: 'should look like 2027-01-01 or 2027-01-01T12:00:00Z',
    })
    .transform((text) => new Date(text).toISOString()),
};
