// `npm run channel -- HANDLE`: the command line around saveChannel.
import { connect } from '#db/client.ts';
import { openDatabase } from '#db/database.ts';
import { readEnv } from '../env.ts';
import { runCommand } from '../run-command.ts';
import { parseOptions, usage } from './options.ts';
import { type SavedChannel, type StoredChannel, saveChannel } from './save-channel.ts';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const database = await openDatabase(readEnv());
  try {
    const sql = connect(database.url, { name: 'channel', max: 1 });
    const author = { actor: 'command', now: new Date() } as const;
    const saved = await saveChannel(sql, options.handle, options.changes, author).finally(() =>
      sql.end({ timeout: 2 }),
    );
    console.log(printSaved(saved, options.handle));
  } finally {
    await database.close();
  }
}

function printSaved(saved: SavedChannel, handle: string): string {
  switch (saved.status) {
    case 'not_on_list':
      throw new Error(
        `${saved.patterns.join(' and ')} is not on the list of ${handle}, and nothing was changed. ` +
          `On it: ${saved.origins.join(', ') || 'nothing'}.`,
      );
    case 'needs_site':
      throw new Error(
        `Nothing was changed: a video is made at its first view only from sites that the channel names. Add one to ${handle} ` +
          'with --origin SITE (every site is not enough, nor are none and null), or turn it off with --no-first-view.',
      );
    case 'made':
      return printChannel(`Made the channel ${handle}.`, saved.channel);
    case 'changed':
      return printChannel(`Changed ${handle}. It is now:`, saved.channel);
    case 'unchanged':
      return printChannel(`${handle} is so already:`, saved.channel);
  }
}

function printChannel(what: string, { name, origins, counting }: StoredChannel): string {
  const list = origins.length > 0 ? [...origins, 'our own pages and frames'].join(', ') : 'every site';
  const { firstViewVideosPerDay: most, leavesOutMembers } = counting;
  const lines = [
    `  name          ${name}`,
    `  counted from  ${list}`,
    `  first views   ${most === 0 ? 'make no video' : `make up to ${most} videos a day`}`,
    `  own views     ${leavesOutMembers ? 'of members who are signed in are not counted' : 'are counted'}`,
  ];
  return [what, ...lines].join('\n');
}

runCommand(main);
