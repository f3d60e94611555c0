'use client';

import { useActionState, useState } from 'react';
import { CopyButton } from '#components/copy-button.tsx';
import { FormField } from '#components/form-field.tsx';
import { SubmitButton } from '#components/submit-button.tsx';
import { type BegunState, beginHere, confirmHere, endHere } from './second-factor-actions.ts';

type Begun = NonNullable<BegunState['begun']>;

/** Turned on by the password, then an app, then a first code of it; the backup codes stay until they are kept. */
export function SecondFactor({ isOn }: { isOn: boolean }) {
  const [{ begun, problem }, begin] = useActionState(beginHere, {});
  // The page is read anew once it is on: what is shown once must not go with that.
  const [kept, setKept] = useState<Begun>();
  if (!begun || begun === kept) return isOn ? <End /> : <Begin begin={begin} problem={problem} />;
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      {isOn ? <IsOn onKept={() => setKept(begun)} /> : <Confirmation {...begun} />}
      <BackupCodes codes={begun.backupCodes} />
    </div>
  );
}

function Begin({ begin, problem }: { begin: (form: FormData) => void; problem: string | undefined }) {
  return (
    <form action={begin} className="grid max-w-sm gap-4">
      <p className="text-muted">
        Signing in then takes a code of an authenticator app on your phone besides the password. It is off.
      </p>
      <OwnPassword problem={problem} />
      <div>
        <SubmitButton look="quiet">Turn it on</SubmitButton>
      </div>
    </form>
  );
}

function Confirmation({ secret, qr }: Begun) {
  const [state, confirm] = useActionState(confirmHere, {});
  return (
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
  );
}

function IsOn({ onKept }: { onKept: () => void }) {
  return (
    <div className="grid content-start justify-items-start gap-4">
      <p role="status">
        <strong className="font-semibold">The second factor is on.</strong> From now on signing in takes a code of your
        app. Keep the backup codes somewhere else: they are not shown again.
      </p>
      <button type="button" onClick={onKept} className="h-10 rounded bg-people px-4 text-on-people sm:h-9">
        I kept them
      </button>
    </div>
  );
}

function BackupCodes({ codes }: { codes: string[] }) {
  return (
    <div className="grid content-start gap-2">
      <div className="flex items-center justify-between gap-4">
        <h3 className="font-medium">Backup codes</h3>
        <CopyButton text={codes.join('\n')} name="the backup codes" />
      </div>
      <p className="text-muted">Each signs you in once when the phone is lost. They are shown this once.</p>
      <ul
        aria-label="Backup codes"
        className="grid grid-cols-2 gap-x-4 rounded border border-rule bg-surface p-3 font-mono text-xs leading-6"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </div>
  );
}

function End() {
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
