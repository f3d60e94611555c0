import type { KeyDirectory } from './key-directory.ts';

/** Whether a key reads the reports of every channel, so also what the server tells of itself. `now` in milliseconds. */
export async function isReportingKey(keys: KeyDirectory, text: string | undefined, now: number): Promise<boolean> {
  if (text === undefined) return false;
  const key = await keys.find(text, now);
  return typeof key === 'object' && key.channelIds === null && key.scopes.has('reports:read');
}
