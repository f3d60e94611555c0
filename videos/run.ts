// `npm run video -- KEY`, or `--file FILE.csv`: the command line around saveVideo and the sheets.
import { connect } from '#db/client.ts';
import { openDatabase } from '#db/database.ts';
import { readEnv } from '../env.ts';
import { runCommand } from '../run-command.ts';
import { serverAddress } from '../server-address.ts';
import type { StoredVideo } from './find-video.ts';
import { parseOptions, usage, type VideoOptions } from './options.ts';
import { runSheet } from './run-sheet.ts';
import { type SavedVideo, saveVideo } from './save-video.ts';
import { sourceCommand } from './source-command.ts';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const env = readEnv();
  const database = await openDatabase(env);
  try {
    const author = { actor: 'command', now: new Date() } as const;
    const sql = connect(database.url, { name: 'video', max: 1 });
    try {
      if ('file' in options) {
        console.log(await runSheet(sql, options, author));
      } else {
        const saved = await saveVideo(sql, options.key, options.channel, options.fields, author);
        console.log(printSaved(saved, options, serverAddress(env)));
      }
    } finally {
      await sql.end({ timeout: 2 });
    }
  } finally {
    await database.close();
  }
}

function printSaved(saved: SavedVideo, { key, channel }: VideoOptions, address: string): string {
  switch (saved.status) {
    case 'removed':
      throw new Error(
        saved.mergedInto === null
          ? `The video ${key} was deleted, and views of it are still in the log: give the new one another key.`
          : `The video ${key} was merged into ${saved.mergedInto}: change that one, or undo the merge.`,
      );
    case 'needs_channel':
      throw new Error(`There is no video ${key}. Add --channel HANDLE to make it in that channel.`);
    case 'in_other_channel':
      throw new Error(
        `The video ${key} is in the channel ${saved.video.channel}, not in ${channel}, and was left as it is. ` +
          'Leave --channel out to change it.',
      );
    case 'made': {
      const where = saved.isChannelNew ? 'the new channel' : 'the channel';
      return printVideo(`Made ${key} in ${where} ${saved.video.channel}.`, key, saved.video, address);
    }
    case 'changed':
      return printVideo(`Changed ${key}. It is now:`, key, saved.video, address);
    case 'unchanged':
      return printVideo(`${key} is there already, and nothing of it is to change:`, key, saved.video, address);
  }
}

function printVideo(what: string, key: string, video: StoredVideo, address: string): string {
  const rows = [
    ['title', video.title],
    ['source', video.sourceUrl ?? `none, so there is nothing to play (${sourceCommand(key)})`],
    ['duration', video.durationSeconds === null ? 'not known' : `${video.durationSeconds} s`],
    ['published', video.publishedAt],
    ['audience', `${address}/videos/${key}`],
    ['embed', `${address}/embed/${key}`],
    ['watch', `${address}/watch/${key}`],
  ];
  return [what, ...rows.map(([name = '', value]) => `  ${name.padEnd(11)}${value}`)].join('\n');
}

runCommand(main);
