// The command line of the import.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { channelHandle } from '#channels/create-channel.ts';
import { columns } from './line-fields.ts';
import { timeFormats } from './line-time.ts';

export const formats = ['csv', 'ndjson', 'combined', 'delimited'] as const;
export type Format = (typeof formats)[number];

export const usage = `npm run import -- FILE [options]

  FILE                     CSV, newline-delimited JSON, an access log of Apache or nginx, or any file with
                           columns; gzipped if it ends in .gz
  --format FORMAT          ${formats.join(', ')}; told from the file where it safely can be
  --columns a,b,_          what each column holds, from left to right, out of
                           ${columns.join(', ')};
                           _ is one to ignore. CSV with a header needs none. The last three are of a video
                           that is made
  --header                 with --columns: the first line is a header, not a view
  --delimiter X            between columns; \\t is a tab
  --time-format FORMAT     ${timeFormats.join(', ')}; told from the file where it safely can be
  --time-zone ZONE         for times without one, such as Europe/Berlin; UTC unless told
  --video-pattern REGEX    access logs: its first group is the video's key in the path, such as '/videos/([^/?]+)'
  --create-videos CHANNEL  make missing videos in the channel with this handle, and the channel if it is missing
  --dry-run                read and check everything, write nothing`;

const settings = z.object({
  format: z.enum(formats, `should be one of ${formats.join(', ')}`).optional(),
  columns: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum([...columns, '_'], `should be made of ${columns.join(', ')} and _`)))
    .transform((names) => names.map((name) => (name === '_' ? undefined : name)))
    .refine((names) => new Set(names.filter(Boolean)).size === names.filter(Boolean).length, 'names a column twice')
    .optional(),
  header: z.boolean().default(false),
  delimiter: z
    .string()
    .transform((text) => (text === '\\t' ? '\t' : text))
    .refine((text) => /^[ -!#-~\t]$/.test(text), 'should be one ASCII character other than a quote, or \\t')
    .optional(),
  'time-format': z.enum(timeFormats, `should be one of ${timeFormats.join(', ')}`).optional(),
  'time-zone': z
    .string()
    .refine(isTimeZone, 'should be a zone of the IANA database, such as Europe/Berlin')
    .default('UTC'),
  'video-pattern': z
    .string()
    .refine(hasGroup, "should be a regular expression with a group, such as '/videos/([^/?]+)'")
    .transform((text) => new RegExp(text))
    .optional(),
  'create-videos': channelHandle.optional(),
  'dry-run': z.boolean().default(false),
});

export type ImportOptions = z.infer<typeof settings>;

/** Undefined where help was asked for. Throws one error that names every option that is wrong. */
export function parseOptions(args: string[]): { file: string; options: ImportOptions } | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: text,
      columns: text,
      header: flag,
      delimiter: text,
      'time-format': text,
      'time-zone': text,
      'video-pattern': text,
      'create-videos': text,
      'dry-run': flag,
      help: flag,
    },
  });
  if (values.help) return undefined;
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Error(`Name one file.\n\n${usage}`);
  const parsed = settings.safeParse(values);
  if (parsed.success) return { file, options: parsed.data };
  const problems = parsed.error.issues.map((issue) => `  --${String(issue.path[0])}: ${issue.message}`);
  throw new Error(`The options need attention:\n${problems.join('\n')}`);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function hasGroup(pattern: string): boolean {
  try {
    return (new RegExp(`${pattern}|`).exec('')?.length ?? 0) > 1;
  } catch {
    return false;
  }
}
