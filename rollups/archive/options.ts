import { parseArgs } from 'node:util';

export type ArchiveOptions = { do: 'retain' } | { do: 'list' } | { do: 'restore'; day: string };

export const usage = `npm run archive [-- OPTION]

Without an option: drops what is older than it is kept, once it is proved; the view log into files under ARCHIVE_DIR.

  --list                 shows the archived days
  --restore YYYY-MM-DD   brings the log of an archived day back from its file, for seven days
  --help                 shows this`;

/** Undefined asks for help. Throws with what to write instead. */
export function parseOptions(args: string[]): ArchiveOptions | undefined {
  const { values } = parseArgs({
    args,
    options: { list: { type: 'boolean' }, restore: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return undefined;
  if (values.restore !== undefined) return { do: 'restore', day: dayOf(values.restore) };
  return { do: values.list ? 'list' : 'retain' };
}

function dayOf(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text));
  if (isDay && new Date(text).toISOString().startsWith(text)) return text;
  throw new Error(`--restore takes a day (UTC) like 2007-06-06, not ${text}.`);
}
