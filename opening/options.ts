// The command line of `npm run opening`.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { newBalance, unnamedSource } from './new-balance.ts';

export const usage = `npm run opening -- FILE.csv [options]
npm run opening -- --list
npm run opening -- --reverse ENTRY

Enters what another product had counted before, as one entry: all lines of the file, or none. It is shown as a part of its own
beside what Boxoffice counts, and can be taken back.

  FILE.csv                 with a header: video (its key), views, and where there are such, day (2026-01-31) and source. Lines
                           without a day are all of a video's views before Boxoffice
  --source NAME            who counted, of lines that do not say, such as 'YouTube Studio'; '${unnamedSource}' unless told
  --dry-run                checks everything and enters nothing
  --list                   shows the entries
  --reverse ENTRY          takes an entry back, by its number`;

const settings = z.object({
  '--source': newBalance.shape.source.unwrap().optional(),
  '--reverse': z
    .string()
    .regex(/^\d{1,15}$/, 'should be the number of an entry, as --list shows it')
    .transform(Number)
    .optional(),
});

export type OpeningOptions =
  | { action: 'enter'; file: string; source: string | undefined; isDryRun: boolean }
  | { action: 'list' }
  | { action: 'reverse'; entry: number };

/** Undefined where help was asked for. Throws one error that names every option that is wrong. */
export function parseOptions(args: string[]): OpeningOptions | undefined {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { source: text, reverse: text, 'dry-run': flag, list: flag, help: flag },
  });
  if (values.help) return undefined;
  const asked = positionals.length + (values.list ? 1 : 0) + (values.reverse === undefined ? 0 : 1);
  if (asked !== 1) throw new Error(`Name one file, or --list, or --reverse ENTRY.\n\n${usage}`);
  const parsed = settings.safeParse({ '--source': values.source, '--reverse': values.reverse });
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${String(issue.path[0])}: ${issue.message}`);
    throw new Error(`The options need attention:\n${problems.join('\n')}`);
  }
  const { '--source': source, '--reverse': entry } = parsed.data;
  if (entry !== undefined) return { action: 'reverse', entry };
  const [file] = positionals;
  return file === undefined
    ? { action: 'list' }
    : { action: 'enter', file, source, isDryRun: values['dry-run'] ?? false };
}
