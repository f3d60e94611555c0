import Link from 'next/link';
import { addressWith } from './address.ts';
import type { BotsChoice } from './bots-choice.ts';

type Props = {
  choice: BotsChoice;
  /** Of the page it stands on, with its parameters. */
  address: string;
};

const choices: readonly { choice: BotsChoice; label: string }[] = [
  { choice: 'people', label: 'People' },
  { choice: 'with', label: 'With bots' },
  { choice: 'only', label: 'Bots only' },
];

/** Whom the chart below is about; the choice lives in the URL. */
export function BotsSwitch({ choice: chosen, address }: Props) {
  return (
    <ul aria-label="People and bots" className="-mx-2 flex flex-wrap text-xs sm:mx-0">
      {choices.map(({ choice, label }) => (
        <li key={choice}>
          <Link
            href={addressWith(address, { bots: choice === 'people' ? undefined : choice })}
            prefetch={false}
            scroll={false}
            aria-current={choice === chosen ? 'true' : undefined}
            className="block rounded px-2 text-muted leading-8 hover:bg-hover hover:text-ink aria-[current]:bg-ink aria-[current]:text-canvas sm:leading-6"
          >
            {label}
          </Link>
        </li>
      ))}
    </ul>
  );
}
