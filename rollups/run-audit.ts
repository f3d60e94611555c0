// `npm run audit`: proves every kept day, or a range of them, and the ledger. Changes no count but by rolling up what is left.
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import type { Sql } from '#db/client.ts';
import { openDatabase } from '#db/database.ts';
import { isDay } from '#db/day.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { readEnv } from '../env.ts';
import { catchUp } from './catch-up.ts';
import { checkLedger } from './checker.ts';
import { dayOf } from './day-bounds.ts';
import { proveDay } from './day-proof.ts';
import { keptDays } from './kept-days.ts';
import { openProofSession } from './proof-session.ts';
import { sayProof } from './say-proof.ts';

const usage = `npm run audit [-- --from YYYY-MM-DD] [--to YYYY-MM-DD]

  Counts the log of each day of the reporting zone once more and compares it with every aggregate. Nothing is changed:
  npm run close -- --day YYYY-MM-DD repairs. Ends with 0 when everything agrees, with 2 when something does not.`;
const exitCodes = { balanced: 0, failed: 1, unbalanced: 2 };

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, to: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(usage);
    return exitCodes.balanced;
  }
  const [from, to] = [dateOf('--from', values.from) ?? '0000-01-01', dateOf('--to', values.to) ?? '9999-12-31'];
  const database = await openDatabase(readEnv());
  const sql = openProofSession(database.url, 'audit');
  try {
    // What was recorded while no server ran is rolled up first.
    await catchUp(sql, () => new Date(), database.zone);
    const days = (await keptDays(sql, database.zone)).filter((day) => day >= from && day <= to);
    const differing = await proveDays(sql, days, database.zone);
    const findings = await checkLedger(sql, database.zone);
    for (const { invariant, holds, detail } of findings)
      console.log(`${holds ? 'holds ' : 'BROKEN'}  ${invariant}: ${detail}`);
    const isSound = differing === 0 && findings.every(({ holds }) => holds);
    console.log(`${days.length} days proved, ${differing} differ.`);
    return isSound ? exitCodes.balanced : exitCodes.unbalanced;
  } finally {
    await sql.end({ timeout: 2 });
    await database.close();
  }
}

/** Proves one day after the other, with progress; prints each and returns how many differ. */
async function proveDays(sql: Sql, days: string[], timeZone: ReportingZone): Promise<number> {
  const bar = new cliProgress.SingleBar({
    format: '{bar} {percentage} % | {value} of {total} days | {eta_formatted} left',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
  });
  const lines: string[] = [];
  let differing = 0;
  bar.start(days.length, 0);
  for (const day of days) {
    const proof = await proveDay(sql, await dayOf(sql, day, timeZone), new Date());
    if (proof.differingBuckets > 0) differing += 1;
    lines.push(sayProof(day, proof));
    bar.increment();
  }
  bar.stop();
  if (lines.length > 0) console.log(lines.join('\n'));
  return differing;
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
