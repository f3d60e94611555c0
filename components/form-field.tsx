import { type ComponentProps, type ReactNode, useId } from 'react';

/** The attributes of an input, and what stands around it. */
export type Field = Omit<ComponentProps<'input'>, 'id' | 'className'> & {
  label: string;
  /** What to know before filling it in. */
  hint?: ReactNode;
  /** A choice of these. */
  options?: { value: string; name: string }[];
  /** What may be typed, among others. */
  suggestions?: string[];
  isMono?: boolean;
};

type Props = Field & {
  /** What is wrong with what was sent, in a sentence. */
  problem?: string | undefined;
};

const box =
  'h-10 w-full min-w-0 rounded border border-edge bg-surface px-3 text-base aria-invalid:border-wrong sm:text-sm';

/** A labelled input or choice with its hint and, in words, what is wrong with it. */
export function FormField({ label, hint, problem, options, suggestions, isMono, ...input }: Props) {
  const id = useId();
  const told = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  const shared = { id, 'aria-invalid': problem ? true : undefined, 'aria-describedby': told || undefined };
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      {options ? (
        <Choice {...shared} name={input.name} chosen={String(input.defaultValue ?? '')} options={options} />
      ) : (
        <input
          autoComplete="off"
          {...input}
          {...shared}
          list={suggestions && `${id}-list`}
          className={`${box} read-only:text-muted ${isMono ? 'font-mono' : ''}`}
        />
      )}
      {suggestions && (
        <datalist id={`${id}-list`}>
          {suggestions.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-muted text-xs leading-5">
          {hint}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-wrong text-xs leading-5">
          {problem}
        </p>
      )}
    </div>
  );
}

type ChoiceProps = ComponentProps<'select'> & { chosen: string; options: { value: string; name: string }[] };

/** A select keeps its choice when its default changes: the key makes it a new one. */
function Choice({ chosen, options, ...select }: ChoiceProps) {
  return (
    <select key={chosen} defaultValue={chosen} {...select} className={box}>
      {options.map(({ value, name }) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
}
