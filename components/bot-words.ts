import type { OwnSignal } from '#ingest/own-signals.ts';
import type { UserAgent } from '#ingest/user-agent.ts';

const words: Record<NonNullable<UserAgent['bot']> | OwnSignal, string> = {
  no_user_agent: 'sent no User-Agent',
  declared_bot: 'its User-Agent says so',
  too_fast: 'faster than people start videos',
};

/** Why a view was taken for a bot's. A reason of a newer version is said as it is. */
export function botWords(reason: string): string {
  return Object.hasOwn(words, reason) ? words[reason as keyof typeof words] : reason.replaceAll('_', ' ');
}
