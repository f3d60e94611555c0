import { counted, percent } from './number-text.ts';

/** Beside every headline where it is not zero: how much was set aside, and of what. */
export function BotShare({ views, botViews }: { views: number; botViews: number }) {
  if (botViews === 0) return null;
  return (
    <p>
      {counted(botViews, 'bot', 'bots')} set aside, {percent(botViews, views)} of {counted(views, 'view', 'views')}
    </p>
  );
}
