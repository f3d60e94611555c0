'use client';

import { useActionState } from 'react';
import { FormDone } from '#components/form-done.tsx';
import { FormProblem } from '#components/form-problem.tsx';
import { Snippet } from '#components/snippet.tsx';
import { SubmitButton } from '#components/submit-button.tsx';
import type { Role } from '#db/schema.ts';
import { type ChannelChoice, RoleFields } from '../role-fields.tsx';
import { changeHere, mintResetLinkHere, removeHere } from './actions.ts';

type RoleFormProps = { id: string; role: Role; chosen: string[]; channels: ChannelChoice[] };

export function RoleForm({ id, role, chosen, channels }: RoleFormProps) {
  const [state, send] = useActionState(changeHere.bind(null, id), {});
  return (
    <form action={send} className="grid max-w-sm gap-4">
      <FormProblem>{state.problem}</FormProblem>
      <RoleFields key={`${role} ${chosen}`} channels={channels} role={role} chosen={chosen} />
      <div className="flex flex-wrap items-center gap-4">
        <SubmitButton>Save</SubmitButton>
        <FormDone>{state.done}</FormDone>
      </div>
    </form>
  );
}

export function ResetLinkForm({ id }: { id: string }) {
  const [state, send] = useActionState(mintResetLinkHere.bind(null, id), {});
  return (
    <form action={send} className="grid max-w-xl gap-4">
      <FormProblem>{state.problem}</FormProblem>
      <div>
        <SubmitButton look="quiet">Make a link</SubmitButton>
      </div>
      <div role="status">
        {state.link && <Snippet name="Link, shown this once, good for an hour" code={state.link} />}
      </div>
    </form>
  );
}

export function RemoveForm({ id, name }: { id: string; name: string }) {
  const [state, send] = useActionState(removeHere.bind(null, id), {});
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded text-wrong underline-offset-4 hover:underline">
        Remove the account of {name}…
      </summary>
      <form action={send} className="mt-4 grid max-w-sm gap-4">
        <FormProblem>{state.problem}</FormProblem>
        <p>
          They are signed out at once, everywhere. What is lost: the account, its password and its second factor.
          Channels, videos and counts stay, and so does what they did in the audit log.
        </p>
        <div>
          <SubmitButton look="grave">Remove the account</SubmitButton>
        </div>
      </form>
    </details>
  );
}
