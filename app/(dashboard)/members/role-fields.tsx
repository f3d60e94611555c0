import { FormField } from '#components/form-field.tsx';
import type { Role } from '#db/schema.ts';

export type ChannelChoice = { handle: string; name: string };

type Props = {
  channels: ChannelChoice[];
  role: Role;
  chosen: string[];
  problem?: string | undefined;
};

const roles = [
  { value: 'creator', name: 'Creator', may: 'sees and manages the channels below' },
  { value: 'analyst', name: 'Analyst', may: 'reads every channel' },
  { value: 'admin', name: 'Admin', may: 'sees and manages everything' },
] as const;

// More of them are found faster by typing.
const tickedAtMost = 40;

/** A role, and the channels of a creator. */
export function RoleFields({ channels, role, chosen, problem }: Props) {
  return (
    <>
      <fieldset>
        <legend className="mb-1 font-medium">Role</legend>
        {roles.map(({ value, name, may }) => (
          <label key={value} className="flex items-start gap-2 py-1">
            <input
              type="radio"
              name="role"
              value={value}
              defaultChecked={value === role}
              className="mt-1 size-4 accent-people"
            />
            <span>
              {name} <span className="text-muted">{may}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {channels.length > tickedAtMost ? (
        <FormField
          label="Channels"
          name="channels"
          defaultValue={chosen.join(', ')}
          problem={problem}
          hint="Their handles, with commas between them. Of a creator only."
        />
      ) : (
        <fieldset>
          <legend className="mb-1 font-medium">
            Channels <span className="font-normal text-muted">of a creator</span>
          </legend>
          {channels.length === 0 && <p className="text-muted">There is no channel yet.</p>}
          {channels.map(({ handle, name }) => (
            <label key={handle} className="flex items-start gap-2 py-1">
              <input
                type="checkbox"
                name="channels"
                value={handle}
                defaultChecked={chosen.includes(handle)}
                className="mt-1 size-4 accent-people"
              />
              <span className="min-w-0 wrap-anywhere">{name}</span>
            </label>
          ))}
          {problem && (
            <p role="alert" className="mt-1 text-wrong text-xs leading-5">
              {problem}
            </p>
          )}
        </fieldset>
      )}
    </>
  );
}
