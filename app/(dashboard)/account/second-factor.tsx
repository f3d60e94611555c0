'use client';

import { useActionState } from 'react';
import { CopyButton } from '#components/copy-button.tsx';
import { FormField } from '#components/form-field.tsx';
import { SubmitButton } from '#components/submit-button.tsx';
import { type BegunState, beginHere, confirmHere, endHere } from './second-factor-actions.ts';

/** Turns it on: password, then code and app, then a first code. The page is drawn anew once it is on. */
export function BeginSecondFactor() {
  const [state, begin] = useActionState(beginHere, {});
  if (state.begun) return <Confirmation {...state.begun} />;
  return (
    <form action={begin} className="grid max-w-sm gap-4">
      <p className="text-muted">
        Signing in then takes a code of an authenticator app on your phone besides the password. It is off.
      </p>
      <OwnPassword problem={state.problem} />
      <div>
        <SubmitButton look="quiet">Turn it on</SubmitButton>
      </div>
    </form>
  );
}

function Confirmation({ secret, qr, backupCodes }: NonNullable<BegunState['begun']>) {
  const [state, confirm] = useActionState(confirmHere, {});
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <div className="grid content-start gap-4">
        <p>Read this with an authenticator app, and send the code that it shows.</p>
        <svg
          role="img"
          aria-label="QR code for an authenticator app"
          viewBox={`0 0 ${qr.size} ${qr.size}`}
          shapeRendering="crispEdges"
          className="w-full max-w-52"
        >
          {/* Cameras want dark on light, whatever the theme. */}
          <path fill="#fff" d={`M0 0h${qr.size}v${qr.size}h-${qr.size}z`} />
          <path fill="#000" d={qr.path} />
        </svg>
        <p className="text-muted">
          Or type this key into it: <code className="wrap-anywhere font-mono text-ink text-xs">{secret}</code>{' '}
          <CopyButton text={secret} name="the key" />
        </p>
        <form action={confirm} className="grid max-w-xs gap-4">
          <FormField
            label="Code"
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9]{6}"
            title="Six digits"
            required
            problem={state.problem}
          />
          <div>
            <SubmitButton>Confirm</SubmitButton>
          </div>
        </form>
      </div>
      <div className="grid content-start gap-2">
        <div className="flex items-center justify-between gap-4">
          <h3 className="font-medium">Backup codes</h3>
          <CopyButton text={backupCodes.join('\n')} name="the backup codes" />
        </div>
        <p className="text-muted">
          Each signs you in once when the phone is lost. They are shown this once: keep them somewhere else before you
          confirm.
        </p>
        <ul className="grid grid-cols-2 gap-x-4 rounded border border-rule bg-surface p-3 font-mono text-xs leading-6">
          {backupCodes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

export function EndSecondFactor() {
  const [state, end] = useActionState(endHere, {});
  return (
    <form action={end} className="grid max-w-sm gap-4">
      <p className="text-muted">
        It is on: signing in takes a code of your app. Turned off, the password alone is enough.
      </p>
      <OwnPassword problem={state.problem} />
      <div>
        <SubmitButton look="grave">Turn it off</SubmitButton>
      </div>
    </form>
  );
}

function OwnPassword({ problem }: { problem: string | undefined }) {
  return (
    <FormField
      label="Your password"
      name="password"
      type="password"
      autoComplete="current-password"
      required
      problem={problem}
    />
  );
}
