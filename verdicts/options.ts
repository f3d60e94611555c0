// The command line of `npm run verdict`.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { chosenKey } from '#videos/create-videos.ts';

export const usage = `npm run verdict -- set-aside KEY --from TIME --to TIME --why TEXT
npm run verdict -- release KEY --from TIME --to TIME --why TEXT
npm run verdict -- reverse KEY CHANGE
npm run verdict -- list KEY

Says of all views of the video KEY within a time that they were a bot's (set-aside), or people's after all but of those that said
themselves that they were bots (release). All figures follow at once; the log keeps each view as it was recorded.

  --from TIME, --to TIME   such as 2026-01-31T12:00:00Z or 2026-01-31T13:00:00+01:00; --to is not included
  --why TEXT               for whoever asks later; 500 characters at most
  reverse KEY CHANGE       takes a change back, by its number
  list KEY                 shows the changes of the video, those that were reversed too`;

const time = z.iso
  .datetime({ offset: true, error: 'should be a time such as 2026-01-31T12:00:00Z' })
  .transform((text) => new Date(text));
const changing = z.object({
  KEY: chosenKey,
  '--from': time,
  '--to': time,
  '--why': z.string('should say why').trim().min(1, 'should say why').max(500, 'should have at most 500 characters'),
});
const reversing = z.object({
  KEY: chosenKey,
  CHANGE: z
    .string('should be the number of a change, as list shows it')
    .regex(/^[1-9]\d{0,14}$/, 'should be the number of a change, as list shows it')
    .transform(Number),
});
const listing = z.object({ KEY: chosenKey });

export type VerdictOptions =
  | { action: 'change'; video: string; verdict: 'bot' | 'person'; from: Date; to: Date; why: string }
  | { action: 'reverse'; video: string; id: number }
  | { action: 'list'; video: string };

/** Undefined where help was asked for. Throws one error that names every option that is wrong. */
export function parseOptions(args: string[]): VerdictOptions | undefined {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { from: text, to: text, why: text, help: { type: 'boolean' } },
  });
  if (values.help) return undefined;
  const [action, KEY, CHANGE, ...more] = positionals;
  if (more.length > 0 || (CHANGE !== undefined && action !== 'reverse'))
    throw new Error(`Name one video by its key.\n\n${usage}`);
  switch (action) {
    case 'set-aside':
    case 'release': {
      const given = parsed(changing, { KEY, '--from': values.from, '--to': values.to, '--why': values.why });
      const { '--from': from, '--to': to, '--why': why } = given;
      return { action: 'change', video: given.KEY, verdict: action === 'release' ? 'person' : 'bot', from, to, why };
    }
    case 'reverse': {
      const given = parsed(reversing, { KEY, CHANGE });
      return { action, video: given.KEY, id: given.CHANGE };
    }
    case 'list':
      return { action, video: parsed(listing, { KEY }).KEY };
    default:
      throw new Error(`Say what to do: set-aside, release, reverse or list.\n\n${usage}`);
  }
}

function parsed<T>(schema: z.ZodType<T>, given: Record<string, unknown>): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `  ${String(issue.path[0])}: ${issue.message}`);
  throw new Error(`The options need attention:\n${problems.join('\n')}`);
}
