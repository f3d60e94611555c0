'use server';

import { revalidatePath } from 'next/cache';
import { revokeKey } from '#accounts/revoke-key.ts';
import { action, named } from '#app/action.ts';
import { permitAccounts } from '#app/managing.ts';
import type { FormState } from '#components/form-state.ts';
import { runtime } from '#runtime.ts';

export const revoke = action([named], async (prefix): Promise<FormState> => {
  const author = await permitAccounts();
  const revoked = await revokeKey(runtime().accounts.sql, prefix, author);
  revalidatePath('/keys', 'layout');
  return { said: revoked === 'unknown' ? 'There is no such key.' : 'It is revoked.', isWrong: revoked === 'unknown' };
});
