import type { AudienceNow } from '#reports/audience-now.ts';
import { BotShare } from './bot-share.tsx';
import { CompactCount, Figure } from './figure.tsx';

export function LifetimeFigure({ audience: { lifetime } }: { audience: AudienceNow }) {
  return (
    <Figure name="People, lifetime" value={<CompactCount count={lifetime.views - lifetime.botViews} />}>
      <BotShare {...lifetime} />
    </Figure>
  );
}
