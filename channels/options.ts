// The command line of `npm run channel`.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { firstViewVideosPerDay } from './change-counting.ts';
import { channelHandle, newChannel } from './create-channel.ts';
import { originPattern } from './origin-pattern.ts';
import type { ChannelChanges } from './save-channel.ts';

export const usage = `npm run channel -- HANDLE [options]

Makes the channel HANDLE, or changes what the options name, and shows the sites whose players may count for it.

  HANDLE                   1 to 63 of a-z 0-9 -
  --name NAME              its handle unless told
  --origin SITE            lets a site count, again for more: example.com, *.example.com (its sub-domains, not itself), none
                           (senders that name no site: apps, servers without a key), null (pages from files, sandboxed frames).
                           While the list is empty, every site may
  --no-origin SITE         takes one off the list
  --first-view NUMBER      a view of an unknown key from a site on the list, or with a key of this channel, makes the video: so many a
                           day at most
  --no-first-view          it is refused, as it is unless told
  --count-own-views        views of the channel's members and of admins who are signed in count as any other
  --leave-out-own-views    they do not, as it is unless told`;

const sites = z
  .array(
    z.string().transform((text, context) => {
      const pattern = originPattern(text);
      if (pattern !== undefined) return pattern;
      context.addIssue(
        `${text}: should be a site such as example.com or *.example.com, without a path; or none, or null`,
      );
      return z.NEVER;
    }),
  )
  .default([])
  .transform((patterns) => [...new Set(patterns)]);

const settings = z
  .object({
    HANDLE: channelHandle,
    '--name': newChannel.shape.name.optional(),
    '--origin': sites,
    '--no-origin': sites,
    '--first-view': firstViewVideosPerDay.optional(),
    '--no-first-view': z.boolean().optional(),
    '--count-own-views': z.boolean().optional(),
    '--leave-out-own-views': z.boolean().optional(),
  })
  .refine((given) => !given['--origin'].some((pattern) => given['--no-origin'].includes(pattern)), {
    path: ['--no-origin'],
    error: 'should not name what --origin names',
  })
  .refine((given) => given['--first-view'] === undefined || !given['--no-first-view'], {
    path: ['--no-first-view'],
    error: 'should not stand beside --first-view',
  })
  .refine((given) => !given['--count-own-views'] || !given['--leave-out-own-views'], {
    path: ['--leave-out-own-views'],
    error: 'should not stand beside --count-own-views',
  });

export type ChannelOptions = { handle: string; changes: ChannelChanges };

/** Undefined where help was asked for. Throws one error that names every option that is wrong. */
export function parseOptions(args: string[]): ChannelOptions | undefined {
  const many = { type: 'string', multiple: true } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...{ name: { type: 'string' }, origin: many, 'no-origin': many, 'first-view': { type: 'string' } },
      ...{ 'no-first-view': flag, 'count-own-views': flag, 'leave-out-own-views': flag, help: flag },
    },
  });
  if (values.help) return undefined;
  const [handle] = positionals;
  if (!handle || positionals.length > 1) throw new Error(`Name one channel by its handle.\n\n${usage}`);
  const given = Object.entries(values).map(([name, value]) => [`--${name}`, value]);
  const parsed = settings.safeParse({ HANDLE: handle, ...Object.fromEntries(given) });
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${String(issue.path[0])}: ${issue.message}`);
    throw new Error(`The options need attention:\n${problems.join('\n')}`);
  }
  const { HANDLE, '--name': name, '--origin': addedOrigins, '--no-origin': removedOrigins } = parsed.data;
  return { handle: HANDLE, changes: { name, addedOrigins, removedOrigins, counting: countingOf(parsed.data) } };
}

function countingOf(given: z.infer<typeof settings>): ChannelChanges['counting'] {
  const firstViewVideosPerDay = given['--no-first-view'] ? 0 : given['--first-view'];
  const leavesOutMembers = given['--count-own-views'] ? false : given['--leave-out-own-views'];
  return { firstViewVideosPerDay, leavesOutMembers };
}
