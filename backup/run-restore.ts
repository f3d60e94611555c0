// `npm run restore -- FILE`: the command line around restoreBackup.
import { parseArgs } from 'node:util';
import { reachDatabase } from '#db/database.ts';
import { readEnv } from '../env.ts';
import { rowsOf } from './manifest.ts';
import { startProgress } from './progress.ts';
import { restoreBackup } from './restore-backup.ts';
import { runStoppable } from './stoppable-command.ts';

const usage = `npm run restore -- FILE

  FILE  a backup; it goes into the database of the environment, which has to be empty`;

runStoppable(usage, async (args, signal) => {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Error(`Name one file.\n\n${usage}`);
  const env = readEnv();
  const startedAt = performance.now();
  const database = await reachDatabase(env);
  const progress = startProgress();
  try {
    const options = { timeZone: env.TIME_ZONE, signal, onProgress: progress.update };
    const manifest = await restoreBackup({ url: database.url, file, ...options });
    progress.stop();
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    console.log(`${rowsOf(manifest).toLocaleString('en')} rows restored and checked in ${seconds} s.`);
    console.log(`As of ${manifest.takenAt}; charts are complete to ${manifest.completeTo ?? 'nothing yet'}.`);
  } finally {
    progress.stop();
    await database.close();
  }
});
