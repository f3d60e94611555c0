'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { FormField } from '#components/form-field.tsx';
import { FormProblem } from '#components/form-problem.tsx';
import { SubmitButton } from '#components/submit-button.tsx';
import { sendCode } from '../actions.ts';

export function CodeForm({ next }: { next: string }) {
  const [state, send] = useActionState(sendCode, {});
  const again = (
    <Link href={`/sign-in?next=${encodeURIComponent(next)}`} className="underline underline-offset-4 hover:text-ink">
      Sign in again
    </Link>
  );
  if (state.isOver) {
    return (
      <div className="grid gap-5">
        <FormProblem>{state.problem}</FormProblem>
        <p>{again}</p>
      </div>
    );
  }
  return (
    <form action={send} className="grid gap-5">
      <input type="hidden" name="next" value={next} />
      <FormField
        label="Code"
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        required
        maxLength={40}
        problem={state.problem}
        hint="The six digits that your authenticator app shows now, or one of your backup codes."
      />
      <SubmitButton>Sign in</SubmitButton>
      <p className="text-muted">
        Without app and codes an admin can turn the second factor off. {again} as somebody else.
      </p>
    </form>
  );
}
