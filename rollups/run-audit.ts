// `npm run audit`: proves every kept day, or a range of them, and the ledger. Changes no count but by rolling up what is left.
import { parseArgs } from 'node:util';
import type { Sql } from '#db/client.ts';
import { openDatabase } from '#db/database.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { readEnv } from '../env.ts';
import { progressBar } from '../progress-bar.ts';
import { runCommand } from '../run-command.ts';
import { catchUp } from './catch-up.ts';
import { checkLedger } from './checker.ts';
import { dayOf } from './day-bounds.ts';
import { dayOption } from './day-option.ts';
import { proveDay } from './day-proof.ts';
import { daysOfLogAndLedger, keptDays } from './kept-days.ts';
import { checkLogDay, type LogCheck } from './log-check.ts';
import { openProofSession } from './proof-session.ts';
import { sayProof } from './say-proof.ts';

const usage = `npm run audit [-- --from YYYY-MM-DD] [--to YYYY-MM-DD]

  Counts the log of each day of the reporting zone once more and compares it with every aggregate. Nothing is changed:
  npm run close -- --day YYYY-MM-DD repairs. Ends with 0 when everything agrees, with 2 when something does not.`;
const exitCodes = { balanced: 0, unbalanced: 2 };

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, to: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(usage);
    return exitCodes.balanced;
  }
  const [from, to] = [dayOption('--from', values.from) ?? '0001-01-01', dayOption('--to', values.to) ?? '9999-12-31'];
  const database = await openDatabase(readEnv());
  const sql = await openProofSession(database.url, 'audit');
  try {
    // What was recorded while no server ran is rolled up first.
    await catchUp(sql, () => new Date(), database.zone);
    const days = (await daysOfLogAndLedger(sql, database.zone)).filter((day) => day >= from && day <= to);
    const { proved, differing, checks } = await auditDays(sql, days, database.zone);
    const findings = await checkLedger(sql, checks);
    for (const { invariant, holds, detail } of findings)
      console.log(`${holds ? 'holds ' : 'BROKEN'}  ${invariant}: ${detail}`);
    const isSound = differing === 0 && findings.every(({ holds }) => holds);
    console.log(`${proved} days proved, ${differing} differ.`);
    return isSound ? exitCodes.balanced : exitCodes.unbalanced;
  } finally {
    await sql.end({ timeout: 2 });
    await database.close();
  }
}

/** Proves those of `days` whose log is kept as a whole, and checks the log of each. Prints the proofs. */
async function auditDays(
  sql: Sql,
  days: string[],
  timeZone: ReportingZone,
): Promise<{ proved: number; differing: number; checks: LogCheck[] }> {
  const kept = new Set(await keptDays(sql, timeZone));
  const bar = progressBar('{value} of {total} days | {eta_formatted} left');
  const lines: string[] = [];
  const checks: LogCheck[] = [];
  let differing = 0;
  bar.start(days.length, 0);
  for (const date of days) {
    const day = await dayOf(sql, date, timeZone);
    if (kept.has(date)) {
      const proof = await proveDay(sql, day, new Date());
      if (proof.differingBuckets > 0) differing += 1;
      lines.push(sayProof(date, proof));
    }
    checks.push(await checkLogDay(sql, day));
    bar.increment();
  }
  bar.stop();
  if (lines.length > 0) console.log(lines.join('\n'));
  return { proved: lines.length, differing, checks };
}

runCommand(main);
