import { Command } from '#components/command.tsx';
import type { Remedy } from '#ingest/remedies.ts';

/** What to do, as far as the reader can: commands are for whoever operates the installation. */
export function RemedyText({ remedy, isOperator }: { remedy: Remedy; isOperator: boolean }) {
  const { said, operators, command, others } = remedy;
  if (!isOperator) return [said, others].filter(Boolean).join(' ');
  return (
    <>
      {[said, operators].filter(Boolean).join(' ')}
      {command && (
        <>
          {' '}
          By command: <Command>{command}</Command>.
        </>
      )}
    </>
  );
}
