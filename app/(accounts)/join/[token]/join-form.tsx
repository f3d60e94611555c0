'use client';

import { useActionState } from 'react';
import { FormField } from '#components/form-field.tsx';
import { SubmitButton } from '#components/submit-button.tsx';
import { Gone } from '../../gone.tsx';
import { joinHere } from './join-here.ts';

type Props = {
  token: string;
  /** Of an invitation; whoever sets up names their own. */
  email: string | undefined;
  passwordHint: string;
};

export function JoinForm({ token, email, passwordHint }: Props) {
  const [state, send] = useActionState(joinHere.bind(null, token), {});
  if (state.isGone) return <Gone link="join" />;
  const problemOf = (field: string) => (state.field === field ? state.problem : undefined);
  return (
    <form action={send} className="grid gap-5">
      <FormField
        label="Name"
        name="name"
        autoComplete="name"
        required
        maxLength={200}
        defaultValue={state.name}
        problem={problemOf('name')}
        hint="Others see it beside what you change."
      />
      <FormField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        maxLength={320}
        readOnly={email !== undefined}
        defaultValue={email ?? state.email}
        problem={problemOf('email')}
      />
      <FormField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        problem={problemOf('password')}
        hint={passwordHint}
      />
      <SubmitButton>Make the account</SubmitButton>
    </form>
  );
}
