// `npm run backup -- FILE`: the command line around writeBackup.
import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { reachDatabase } from '#db/database.ts';
import { readEnv } from '../env.ts';
import { rowsOf } from './manifest.ts';
import { startProgress } from './progress.ts';
import { runStoppable } from './stoppable-command.ts';
import { writeBackup } from './write-backup.ts';

const usage = `npm run backup -- FILE [--force]

  FILE     where the backup goes; such as boxoffice.sql.zst
  --force  replace it if it exists`;

runStoppable(usage, async (args, signal) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { force: { type: 'boolean' } } });
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Error(`Name one file.\n\n${usage}`);
  const startedAt = performance.now();
  const database = await reachDatabase(readEnv());
  const progress = startProgress();
  try {
    const options = { mayReplace: values.force, signal, onProgress: progress.update };
    const manifest = await writeBackup({ url: database.url, file, ...options });
    progress.stop();
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    const megabytes = ((await stat(file)).size / 1e6).toFixed(1);
    console.log(`${rowsOf(manifest).toLocaleString('en')} rows in ${file}, ${megabytes} MB, in ${seconds} s.`);
    console.log(`As of ${manifest.takenAt}; charts are complete to ${manifest.completeTo ?? 'nothing yet'}.`);
  } finally {
    progress.stop();
    await database.close();
  }
});
