// What a line of any format comes down to.

/** What a column may hold; `_` in a mapping is one to ignore. */
export const columns = [
  ...(['time', 'video', 'viewer', 'id', 'page', 'referrer', 'user_agent', 'country'] as const),
  // Of the video, where it is made.
  ...(['title', 'source', 'duration'] as const),
] as const;
export type Column = (typeof columns)[number];

/** Texts as the line has them; what it leaves empty is absent. */
export type LineFields = Partial<Record<Column, string>>;

export const lineRejections = [
  'unreadable',
  'invalid_time',
  'in_future',
  'invalid_video',
  'unknown_video',
  'invalid_country',
  'archived',
  'not_stored',
] as const;
/** Why a line was not taken, in a word for the summary and in a sentence for the person who mends the file. */
export type LineRejection = { rejected: (typeof lineRejections)[number]; message: string };

/** `skipped`: a line that is well-formed and no view. */
export type ReadLine = (line: string) => LineFields | LineRejection | 'skipped';

export function rejectLine(rejected: LineRejection['rejected'], message: string): LineRejection {
  return { rejected, message };
}
