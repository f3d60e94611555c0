type Props = {
  name: string;
  label: string;
  hint: string;
  choices: { value: string; name: string }[];
  /** Values with commas between them. */
  chosen: string | undefined;
  problem: string | undefined;
};

/** Several of some. */
export function Choices({ name, label, hint, choices, chosen = '', problem }: Props) {
  const ticked = chosen.split(',');
  return (
    <fieldset aria-describedby={`${name}-hint`} className="grid gap-1">
      <legend className="mb-1 font-medium">{label}</legend>
      <div className="flex max-h-48 flex-wrap gap-x-6 gap-y-1 overflow-y-auto">
        {choices.map((choice) => (
          <label key={`${choice.value} ${ticked.includes(choice.value)}`} className="flex items-center gap-2">
            <input
              type="checkbox"
              name={name}
              value={choice.value}
              defaultChecked={ticked.includes(choice.value)}
              className="size-4 accent-people"
            />
            {choice.name}
          </label>
        ))}
      </div>
      {problem && (
        <p className="text-wrong">
          {label} {problem}.
        </p>
      )}
      <p id={`${name}-hint`} className="text-muted text-xs leading-5">
        {hint}
      </p>
    </fieldset>
  );
}
