import { lifetime } from '#reports/lifetime.ts';
import type { Subject } from '#reports/subject.ts';
import { runtime } from '#runtime.ts';
import { BotShare } from './bot-share.tsx';
import { CompactCount, Figure } from './figure.tsx';

export async function LifetimeFigure({ subject }: { subject: Subject }) {
  const { views, botViews } = await lifetime(runtime().db, subject);
  return (
    <Figure name="People, lifetime" value={<CompactCount count={views - botViews} />}>
      <BotShare views={views} botViews={botViews} />
    </Figure>
  );
}
