'use client';

import { useActionState } from 'react';
import { FormField } from '#components/form-field.tsx';
import { SubmitButton } from '#components/submit-button.tsx';
import { askForLink } from './ask-for-link.ts';

export function ForgotForm() {
  const [{ isAsked }, send] = useActionState(askForLink, {});
  if (isAsked) {
    return (
      <p role="status">
        If somebody has an account with this e-mail address, a link is on its way there. It works for an hour. Nothing
        came? Look among the spam, or ask an admin for a link.
      </p>
    );
  }
  return (
    <form action={send} className="grid gap-5">
      <FormField label="E-mail" name="email" type="email" autoComplete="username" required maxLength={320} />
      <SubmitButton>Send me a link</SubmitButton>
    </form>
  );
}
