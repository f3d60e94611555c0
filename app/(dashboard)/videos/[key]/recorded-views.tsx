import { counted } from '#components/number-text.ts';
import { dateText } from '#components/time-text.ts';
import { runtime } from '#runtime.ts';
import { recordedHistory } from '#videos/recorded-history.ts';

/** What was recorded for a video, in a sentence. */
export async function RecordedViews({ name, video }: { name: string; video: string }) {
  const history = await recordedHistory(runtime().accounts.sql, video);
  if (!history) return null;
  const { views, botViews, firstDay, lastDay, merged } = history;
  const days = firstDay && lastDay && `from ${dateText(firstDay, 'day')} to ${dateText(lastDay, 'day')}`;
  return (
    <p>
      <span className="break-all font-mono">{name}</span> has{' '}
      <strong>
        {counted(views, 'view', 'views')}
        {days && ` ${days}`}
      </strong>
      {botViews > 0 && `, ${counted(botViews, 'of them', 'of them')} by bots`}
      {merged.length > 0 && `, with those of ${merged.join(', ')}, merged into it`}.
    </p>
  );
}
