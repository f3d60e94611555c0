'use client';

import { useActionState } from 'react';
import { FormField } from '#components/form-field.tsx';
import { FormProblem } from '#components/form-problem.tsx';
import { SubmitButton } from '#components/submit-button.tsx';
import { signInHere } from './actions.ts';

export function SignInForm({ next }: { next: string }) {
  const [state, send] = useActionState(signInHere, {});
  return (
    <form action={send} className="grid gap-5">
      <FormProblem>{state.problem}</FormProblem>
      <input type="hidden" name="next" value={next} />
      <FormField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        maxLength={320}
        defaultValue={state.email}
      />
      <FormField label="Password" name="password" type="password" autoComplete="current-password" required />
      <SubmitButton>Sign in</SubmitButton>
    </form>
  );
}
