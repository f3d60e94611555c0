export type Field = {
  name: string;
  label: string;
  /** One line below. */
  hint?: string;
  type?: 'text' | 'email' | 'url' | 'number' | 'date' | 'datetime-local' | 'textarea';
  value?: string;
  isRequired?: boolean;
  maxLength?: number;
  /** A choice of these. */
  options?: { value: string; name: string }[];
  autoComplete?: string;
  isMono?: boolean;
};

const box = 'w-full min-w-0 rounded border border-edge bg-surface px-2 text-base sm:text-sm aria-invalid:border-wrong';

/** A field with its name above it, what it wants below, and what is wrong with it. */
export function SettingsField({
  field,
  value,
  problem,
}: {
  field: Field;
  value: string | undefined;
  problem?: string;
}) {
  const { name, label, hint } = field;
  const id = `field-${name}`;
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <Control field={field} id={id} value={value ?? field.value ?? ''} isWrong={problem !== undefined} />
      {problem && (
        <p id={`${id}-problem`} className="text-wrong">
          {label} {problem}.
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-xs leading-5">
          {hint}
        </p>
      )}
    </div>
  );
}

type ControlProps = { field: Field; id: string; value: string; isWrong: boolean };

function Control({ field, id, value, isWrong }: ControlProps) {
  const { name, type = 'text', options, isRequired, maxLength, autoComplete = 'off', isMono } = field;
  const describedBy = [isWrong && `${id}-problem`, field.hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
  const shared = {
    ...{ id, name, defaultValue: value, required: isRequired, 'aria-describedby': describedBy },
    ...{ 'aria-invalid': isWrong || undefined },
  };
  const mono = isMono ? 'font-mono' : '';
  if (options) {
    return (
      // A select keeps its choice when its default changes: the key makes it a new one.
      <select key={value} {...shared} className={`${box} h-10 sm:h-9`}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    );
  }
  if (type === 'textarea')
    return <textarea {...shared} rows={10} spellCheck={false} className={`${box} py-1 font-mono`} />;
  const step = type === 'datetime-local' ? 1 : undefined;
  return <input {...shared} {...{ type, maxLength, autoComplete, step }} className={`${box} h-10 sm:h-9 ${mono}`} />;
}
