import type { AudienceNow } from '#reports/audience-now.ts';
import type { FigureOwner } from '#reports/explain-address.ts';
import { BotShare } from './bot-share.tsx';
import { Figure, HeadlineCount } from './figure.tsx';
import { OpeningPart } from './opening-part.tsx';

export function LifetimeFigure({
  audience: { lifetime, opening },
  owner,
}: {
  audience: AudienceNow;
  owner: FigureOwner;
}) {
  const people = lifetime.views - lifetime.botViews;
  return (
    <Figure name="People, lifetime" value={<HeadlineCount count={people} owner={owner} time={{ unit: 'total' }} />}>
      <OpeningPart opening={opening} />
      <BotShare {...lifetime} />
    </Figure>
  );
}
