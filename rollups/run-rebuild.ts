// `npm run rebuild`: sets the aggregates right by the log, or cuts days in another zone.
import { parseArgs } from 'node:util';
import type { Sql } from '#db/client.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { nameOf } from '#db/reporting-zone.ts';
import { zoneNameOf } from '#db/zone-name.ts';
import { isTimeZone, readEnv } from '../env.ts';
import { runCommand } from '../run-command.ts';
import { stopSignal } from '../stop-signal.ts';
import { catchUp } from './catch-up.ts';
import { changeZone } from './change-zone.ts';
import { closeDueDays, dueDays } from './close-due-days.ts';
import { dayOption } from './day-option.ts';
import { openProofSession } from './proof-session.ts';
import { rebuild } from './rebuild.ts';
import { startRebuildProgress } from './rebuild-progress.ts';
import { type Said, sayRebuilt, sayZoneChanged } from './say-rebuilt.ts';
import { runTask } from './schedule.ts';
import { unkeptDays } from './unkept-days.ts';

const usage = `npm run rebuild [-- --from YYYY-MM-DD] [--to YYYY-MM-DD]
npm run rebuild -- --time-zone ZONE

  Counts the log of each day of the reporting zone once more and adds to every aggregate what it lacks, while views go on being
  recorded and rolled up: minutes, hours and days by the log, months and totals as the sums of those. Days whose log is gone stay
  as they are. With --time-zone it cuts days and months in another zone, as far back as log and hours reach.
  Ends with 0 when everything agrees afterwards, with 2 when something does not.`;
const exitCodes = { balanced: 0, unbalanced: 2 };
const clock = () => new Date();

type Options = { from: string; to: string; timeZone: string | undefined };

async function main(): Promise<number> {
  const options = parseOptions();
  if (!options) {
    console.log(usage);
    return exitCodes.balanced;
  }
  const env = readEnv();
  // The environment may say the new zone already, or the old one still.
  const database = await openDatabase(options.timeZone ? { ...env, TIME_ZONE: undefined } : env);
  const sql = await openProofSession(database.url, 'rebuild');
  const stopped = stopSignal();
  try {
    // What was recorded while no server ran is rolled up first.
    await catchUp(sql, clock, database.zone);
    const isThere = options.timeZone?.toLowerCase() === database.timeZone.toLowerCase();
    if (isThere) console.log(`Days are cut in ${database.timeZone} already: every day is rebuilt as it is cut.`);
    const timeZone = options.timeZone && (await zoneNameOf(sql, options.timeZone));
    return await runRecorded(sql, stopped, () =>
      timeZone && !isThere ? changeTo(sql, timeZone, database, stopped) : rebuildRange(sql, options, database, stopped),
    );
  } catch (error) {
    if (!stopped.aborted) throw error;
    throw new Error(
      options.timeZone
        ? 'Stopped before anything was changed.'
        : 'Stopped: what was put right stays so. Run it again, and it goes on.',
    );
  } finally {
    await sql.end({ timeout: 2 });
    await database.close();
  }
}

async function rebuildRange(sql: Sql, { from, to }: Options, { zone }: Database, stopped: AbortSignal): Promise<Said> {
  const progress = startRebuildProgress('days and months');
  const options = { from, to, timeZone: zone, clock, stopped, onProgress: progress.update };
  const said = sayRebuilt(await rebuild(sql, options).finally(progress.stop));
  return { ...said, lines: [...said.lines, ...(await unkeptDays(sql, { from, to }))] };
}

async function changeTo(sql: Sql, to: string, { zone: from }: Database, stopped: AbortSignal): Promise<Said> {
  const cutting = startRebuildProgress('days cut');
  const changed = await changeZone(sql, { from, to, now: clock(), stopped, onProgress: cutting.update }).finally(
    cutting.stop,
  );
  // What was proved was proved of other days. Stopped here, the nightly close does it.
  const total = (await dueDays(sql, changed.zone, clock())).length;
  const proving = startRebuildProgress('days proved');
  const progress = { done: 0, total, views: 0 };
  const closed = await closeDueDays(sql, changed.zone, clock, ({ closing }) => {
    progress.done += 1;
    if (closing.status === 'closed') progress.views += closing.proof.logViews;
    proving.update(progress);
  }).finally(proving.stop);
  return sayZoneChanged(nameOf(from), changed, closed);
}

/** Prints what was done, and writes it down as the run of a task, for the page System. */
async function runRecorded(sql: Sql, stopped: AbortSignal, work: () => Promise<Said>): Promise<number> {
  let failure: unknown;
  let code = exitCodes.balanced;
  const run = async () => {
    const { lines, summary, isSound } = await work();
    console.log([...lines, summary].join('\n'));
    code = isSound ? exitCodes.balanced : exitCodes.unbalanced;
    return summary;
  };
  const onError = (_: string, error: unknown) => {
    failure = error;
  };
  await runTask(sql, { name: 'rebuild', purpose: '', pattern: '', run }, { clock, stopped, onError });
  if (failure) throw failure;
  return code;
}

function parseOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      'time-zone': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const { from, to, 'time-zone': timeZone } = values;
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw new Error(`--time-zone ${timeZone}: should be a zone of the IANA database, such as Europe/Berlin.`);
  if (timeZone !== undefined && (from ?? to) !== undefined)
    throw new Error('--time-zone cuts all days anew: leave out --from and --to.');
  const range = { from: dayOption('--from', from) ?? '0001-01-01', to: dayOption('--to', to) ?? '9999-12-31' };
  if (range.from > range.to) throw new Error(`--from ${from} --to ${to}: the first day comes after the last.`);
  return { ...range, timeZone };
}

runCommand(main);
