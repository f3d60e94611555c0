import { expect } from 'vitest';
import type { Scope } from '#accounts/api-key.ts';
import { createKey, type NewKey } from '#accounts/create-key.ts';
import type { TestDatabase } from './database.ts';
import type { TestIngest } from './factories.ts';

/** The headers of a request with a new key, which the server knows by now. */
export async function newBearer(
  { sql }: TestDatabase,
  { keys, clock }: TestIngest,
  more: Partial<NewKey> = {},
): Promise<{ authorization: string }> {
  const scopes: Scope[] = ['views:write'];
  const plain = { name: 'platform', scopes, channelIds: null, expiresAt: null };
  const { key } = await createKey(sql, { ...plain, ...more }, { actor: 'command', now: new Date(clock()) });
  await expect.poll(() => keys.find(key, clock())).not.toBe('unknown');
  return { authorization: `Bearer ${key}` };
}
