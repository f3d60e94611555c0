import type { Screened } from '#reports/screened.ts';
import type { ByOrigin } from '#reports/screened-by-origin.ts';
import { barColour } from './bar-colour.ts';
import { RankedRows } from './ranked-rows.tsx';

type Props = { byOrigin: ByOrigin; total: number; reason: Screened | undefined };

/** Names of sites as their senders gave them: text, never a link. */
export function OriginTable({ byOrigin: { origins, other }, total, reason }: Props) {
  if (total === 0) return <p className="text-muted">Nothing in this time.</p>;
  return (
    <RankedRows
      caption={`Origins of ${reason ?? 'views not counted'}`}
      heading="Origin"
      colour={barColour(reason)}
      total={total}
      other={other}
      rows={origins.map(({ origin, views }) => ({
        key: origin,
        views,
        name:
          origin === '' ? (
            <span className="text-muted" title="Sent by no web page, by one that hides itself, or not kept">
              (no origin)
            </span>
          ) : (
            <bdi title={origin} className="normal-nums">
              {origin}
            </bdi>
          ),
      }))}
    />
  );
}
