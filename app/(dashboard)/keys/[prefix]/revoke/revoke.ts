'use server';

import { revalidatePath } from 'next/cache';
import { revokeKey } from '#accounts/revoke-key.ts';
import { permitAccounts } from '#app/managing.ts';
import type { FormState } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';

export async function revoke(prefix: string): Promise<FormState> {
  const author = await permitAccounts();
  const revoked = await revokeKey(runtime().accounts.sql, prefix, author);
  revalidatePath('/keys', 'layout');
  return { said: revoked === 'unknown' ? 'There is no such key.' : 'It is revoked.', isWrong: revoked === 'unknown' };
}
