// `npm run import -- FILE`: the command line around importFile, and the rollup beside it.
import { connect } from '#db/client.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { dateAt } from '#reports/calendar.ts';
import { catchUp } from '#rollups/catch-up.ts';
import { type Env, readEnv } from '../../env.ts';
import { runCommand } from '../../run-command.ts';
import { serverAddress } from '../../server-address.ts';
import { stopSignal } from '../../stop-signal.ts';
import { ImportFailure, importFile } from './import-file.ts';
import { type ImportOptions, parseOptions, usage } from './options.ts';
import { pathOfResult } from './path-of-result.ts';
import { type Progress, startProgress } from './progress.ts';
import { type ImportResult, printSummary } from './summary.ts';
import { rejectedLines } from './tally.ts';

// Long imports show on the dashboards as they go.
const rollUpEveryMs = 20_000;
const goOn = 'What was counted is kept: run it again, and it finds that as duplicates and goes on.';
const exitCodes = { taken: 0, rejected: 2 };

async function main(): Promise<number> {
  const parsed = parseOptions(process.argv.slice(2));
  if (!parsed) {
    console.log(usage);
    return exitCodes.taken;
  }
  const env = readEnv();
  const database = await openDatabase(env);
  const signal = stopSignal();
  try {
    return await runImport(parsed.file, parsed.options, env, database, signal);
  } finally {
    await database.close();
  }
}

async function runImport(
  file: string,
  options: ImportOptions,
  env: Env,
  database: Database,
  signal: AbortSignal,
): Promise<number> {
  const rollup = openRollup(database);
  let progress: Progress | undefined;
  try {
    const result = await importFile({
      url: database.url,
      file,
      options,
      clock: Date.now,
      signal,
      onStart(description, totalBytes) {
        console.log(`Importing ${file} as ${description}`);
        progress = startProgress(totalBytes);
      },
      onProgress(bytesRead, tally) {
        progress?.update(bytesRead, tally);
        if (!options['dry-run']) rollup.nowAndThen();
      },
    });
    progress?.stop();
    console.log(printSummary(result));
    await rollUpAll(result, rollup);
    printLink(result, options, env, database);
    if (signal.aborted) throw new Error(`Stopped before the end of the file.\n${goOn}`);
    return rejectedLines(result.tally) > 0 ? exitCodes.rejected : exitCodes.taken;
  } catch (error) {
    progress?.stop();
    if (!(error instanceof ImportFailure)) throw error;
    console.log(printSummary(error.result));
    await rollUpAll(error.result, rollup).catch(() => {});
    printLink(error.result, options, env, database);
    throw new Error(`${error.message}\n${goOn}`);
  } finally {
    await rollup.close();
  }
}

/** Comes after what the import has to say: where the database went away, it fails or takes long. */
async function rollUpAll({ isDryRun }: ImportResult, rollup: Rollup): Promise<void> {
  if (isDryRun) return;
  const startedAt = performance.now();
  await rollup.catchUp();
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(`Every chart has them (rolled up in ${seconds.toFixed(1)} s).`);
}

/** The last line, where there is something to see. */
function printLink(result: ImportResult, options: ImportOptions, env: Env, { timeZone }: Database): void {
  const dateOf = (at: number) => dateAt(new Date(at), timeZone);
  const page = pathOfResult(result, options['create-videos'], dateOf);
  if (page) console.log(`Look at ${serverAddress(env)}${page}`);
}

type Rollup = { nowAndThen(): void; catchUp(): Promise<void>; close(): Promise<void> };

function openRollup({ url, zone }: Database): Rollup {
  const sql = connect(url, { name: 'import rollup', max: 1, statementTimeoutMs: 300_000 });
  let running: Promise<void> = Promise.resolve();
  let lastAt = performance.now();
  const start = () => catchUp(sql, () => new Date(), zone);
  return {
    nowAndThen() {
      if (performance.now() - lastAt < rollUpEveryMs) return;
      lastAt = Number.POSITIVE_INFINITY;
      // One that fails is made up for at the end.
      running = start()
        .catch(() => {})
        .then(() => {
          lastAt = performance.now();
        });
    },
    async catchUp() {
      await running;
      await start();
    },
    async close() {
      await running;
      await sql.end({ timeout: 2 });
    },
  };
}

runCommand(main);
