'use client';

import { useActionState } from 'react';
import { FormDone } from '#components/form-done.tsx';
import { FormField } from '#components/form-field.tsx';
import { SubmitButton } from '#components/submit-button.tsx';
import { changePasswordHere, renameHere } from './actions.ts';

export function NameForm({ name, email }: { name: string; email: string }) {
  const [state, send] = useActionState(renameHere, {});
  return (
    <form action={send} className="grid max-w-sm gap-4">
      <FormField
        key={name}
        label="Name"
        name="name"
        autoComplete="name"
        required
        maxLength={200}
        defaultValue={state.name ?? name}
        problem={state.problem}
        hint="Others see it beside what you change."
      />
      <FormField
        label="E-mail"
        type="email"
        readOnly
        defaultValue={email}
        hint="For another address, ask an admin to invite it."
      />
      <div className="flex flex-wrap items-center gap-4">
        <SubmitButton look="quiet">Save the name</SubmitButton>
        <FormDone>{state.done}</FormDone>
      </div>
    </form>
  );
}

export function PasswordForm({ email, passwordHint }: { email: string; passwordHint: string }) {
  const [state, send] = useActionState(changePasswordHere, {});
  const problemOf = (field: string) => (state.field === field ? state.problem : undefined);
  return (
    <form action={send} className="grid max-w-sm gap-4">
      {/* For password managers, which keep passwords by it. */}
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <FormField
        label="Password now"
        name="current"
        type="password"
        autoComplete="current-password"
        required
        problem={problemOf('current')}
      />
      <FormField
        label="New password"
        name="next"
        type="password"
        autoComplete="new-password"
        required
        problem={problemOf('next')}
        hint={passwordHint}
      />
      <div className="flex flex-wrap items-center gap-4">
        <SubmitButton look="quiet">Change the password</SubmitButton>
        <FormDone>{state.done}</FormDone>
      </div>
    </form>
  );
}
