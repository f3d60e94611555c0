import { CopyButton } from './copy-button.tsx';

/** A piece of code to take away. */
export function Snippet({ name, code }: { name: string; code: string }) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex items-center justify-between gap-4">
        <span className="font-medium">{name}</span>
        <CopyButton text={code} name={name} />
      </figcaption>
      <pre className="whitespace-pre-wrap wrap-anywhere rounded border border-rule bg-surface p-3 font-mono text-xs leading-5">
        {code}
      </pre>
    </figure>
  );
}
