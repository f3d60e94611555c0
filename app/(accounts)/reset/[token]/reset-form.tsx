'use client';

import { useActionState } from 'react';
import { FormField } from '#components/form-field.tsx';
import { SubmitButton } from '#components/submit-button.tsx';
import { Gone } from '../../gone.tsx';
import { resetHere } from './reset-here.ts';

type Props = { token: string; email: string; passwordHint: string };

export function ResetForm({ token, email, passwordHint }: Props) {
  const [state, send] = useActionState(resetHere.bind(null, token), {});
  if (state.isGone) return <Gone link="reset" />;
  return (
    <form action={send} className="grid gap-5">
      <FormField label="E-mail" type="email" autoComplete="username" readOnly defaultValue={email} />
      <FormField
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        problem={state.problem}
        hint={passwordHint}
      />
      <p className="text-muted">You are signed out everywhere, and sign in with the new password.</p>
      <SubmitButton>Change the password</SubmitButton>
    </form>
  );
}
