import Form from 'next/form';
import type { ShownFilter } from './audit-filter.ts';

type Props = { filter: ShownFilter; choices: { actors: { actor: string; who: string }[]; actions: string[] } };

const field = 'h-10 w-full min-w-0 rounded border border-edge bg-surface px-2 text-base sm:h-8 sm:w-auto sm:text-sm';

export function Filters({ filter, choices: { actors, actions } }: Props) {
  return (
    <Form action="/audit-log" role="search" className="mb-4 flex flex-wrap gap-2">
      <input
        key={filter.subject}
        type="search"
        name="subject"
        defaultValue={filter.subject}
        aria-label="Key, handle or e-mail"
        placeholder="Key, handle or e-mail"
        className={`${field} sm:w-56`}
      />
      <select
        key={`who ${filter.actor}`}
        name="actor"
        defaultValue={filter.actor ?? ''}
        aria-label="Who"
        className={field}
      >
        <option value="">Everybody</option>
        {actors.map(({ actor, who }) => (
          <option key={actor} value={actor}>
            {who}
          </option>
        ))}
      </select>
      <select
        key={`what ${filter.action}`}
        name="action"
        defaultValue={filter.action ?? ''}
        aria-label="What was done"
        className={field}
      >
        <option value="">Every change</option>
        {actions.map((action) => (
          <option key={action} value={action}>
            {action}
          </option>
        ))}
      </select>
      <button type="submit" className="h-10 rounded border border-edge px-3 hover:bg-hover sm:h-8">
        Search
      </button>
    </Form>
  );
}
