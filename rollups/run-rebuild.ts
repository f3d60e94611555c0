// `npm run rebuild`: sets the aggregates right by the log.
import { parseArgs } from 'node:util';
import type { Sql } from '#db/client.ts';
import { openDatabase } from '#db/database.ts';
import { isDay } from '#db/day.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { readEnv } from '../env.ts';
import { stopSignal } from '../stop-signal.ts';
import { catchUp } from './catch-up.ts';
import { openProofSession } from './proof-session.ts';
import { type Rebuilt, rebuild } from './rebuild.ts';
import { startRebuildProgress } from './rebuild-progress.ts';
import { sayProof } from './say-proof.ts';
import { runTask } from './schedule.ts';
import { unkeptDays } from './unkept-days.ts';

const usage = `npm run rebuild [-- --from YYYY-MM-DD] [--to YYYY-MM-DD]

  Counts the log of each day of the reporting zone once more and adds to every aggregate what it lacks, while views go on being
  recorded and rolled up: minutes, hours and days by the log, months and totals as the sums of those. Days whose log is gone stay
  as they are. Ends with 0 when everything agrees afterwards, with 2 when something does not.`;
const exitCodes = { balanced: 0, failed: 1, unbalanced: 2 };
const counts = new Intl.NumberFormat('en');

type Range = { from: string; to: string };

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, to: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(usage);
    return exitCodes.balanced;
  }
  const range = rangeOf(values);
  const database = await openDatabase(readEnv());
  const sql = openProofSession(database.url, 'rebuild');
  const stopped = stopSignal();
  try {
    // What was recorded while no server ran is rolled up first.
    await catchUp(sql, () => new Date(), database.zone);
    return await rebuildRange(sql, range, database.zone, stopped);
  } finally {
    await sql.end({ timeout: 2 });
    await database.close();
  }
}

/** Written down as a run, for the page System. */
async function rebuildRange(sql: Sql, range: Range, timeZone: ReportingZone, stopped: AbortSignal): Promise<number> {
  const clock = () => new Date();
  let failure: unknown;
  let code = exitCodes.failed;
  const run = async () => {
    const progress = startRebuildProgress();
    const rebuilt = await rebuild(sql, { ...range, timeZone, clock, stopped, onProgress: progress.update }).finally(
      progress.stop,
    );
    const { lines, summary, isSound } = say(rebuilt);
    console.log([...lines, ...(await unkeptDays(sql, range)), summary].join('\n'));
    code = isSound ? exitCodes.balanced : exitCodes.unbalanced;
    return summary;
  };
  const task = { name: 'rebuild', purpose: '', pattern: '', run };
  const onError = (_: string, error: unknown) => {
    failure = error;
  };
  await runTask(sql, task, { clock, stopped, onError });
  if (failure) throw failure;
  return code;
}

function say({ days, repaired, restoredRows, changedSums, lost }: Rebuilt): {
  lines: string[];
  summary: string;
  isSound: boolean;
} {
  const unbalanced = repaired.filter(({ isBalanced }) => !isBalanced);
  const lines = repaired.map(
    ({ day, proof, isBalanced }) =>
      `${sayProof(day, proof)}${isBalanced ? ', repaired' : ', NOT balanced after the repair'}`,
  );
  const lostText =
    lost.length === 0
      ? []
      : [`Rows are lost of ${lost.join(', ')}, whose log is gone; their months and the totals were left as they are.`];
  const summary =
    `Counted ${counts.format(days)} days once more, ${counts.format(repaired.length)} differed` +
    `${unbalanced.length > 0 ? ` and ${unbalanced.length} still do` : ''}; ` +
    `put right ${counts.format(changedSums)} months and totals` +
    `${restoredRows > 0 ? `, put back ${counts.format(restoredRows)} rows of days whose log is gone` : ''}.`;
  return { lines: [...lines, ...lostText], summary, isSound: unbalanced.length === 0 && lost.length === 0 };
}

function rangeOf({ from, to }: { from?: string; to?: string }): Range {
  const range = { from: dateOf('--from', from) ?? '0001-01-01', to: dateOf('--to', to) ?? '9999-12-31' };
  if (range.from > range.to) throw new Error(`--from ${from} --to ${to}: the first day comes after the last.`);
  return range;
}

function dateOf(option: string, text: string | undefined): string | undefined {
  if (text === undefined || isDay(text)) return text;
  throw new Error(`${option} ${text}: should be a date such as 2026-03-10.`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = exitCodes.failed;
  },
);
