import { change, exact } from './number-text.ts';

type Props = {
  people: number;
  before: number;
  /** What `before` was counted in: "the hour before". */
  period: string;
  /** Said where nobody was there to be measured against. */
  nobody: string;
};

/** A change with what it is against: "+12 % on the hour before (1,640)". */
export function ChangeOn({ people, before, period, nobody }: Props) {
  const difference = change(people, before);
  if (!difference) return nobody;
  return (
    <>
      <strong className="font-semibold text-ink">{difference}</strong> on {period} ({exact(before)})
    </>
  );
}
