// `npm run close`: closes what is due, or one day.
import { parseArgs } from 'node:util';
import { openDatabase } from '#db/database.ts';
import { readEnv } from '../env.ts';
import { runCommand } from '../run-command.ts';
import { catchUp } from './catch-up.ts';
import { closeDay } from './close-day.ts';
import { type ClosedDay, closeDueDays } from './close-due-days.ts';
import { dayOption } from './day-option.ts';
import { openProofSession } from './proof-session.ts';
import { sayRepair } from './say-proof.ts';

const usage = `npm run close [-- --day YYYY-MM-DD]

  Proves days of the reporting zone against the log, repairs what differs and writes the ledger: every day that is due,
  oldest first, or the one that is named.`;
const exitCodes = { balanced: 0, failed: 1, unbalanced: 2 };

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { day: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(usage);
    return exitCodes.balanced;
  }
  const day = dayOption('--day', values.day);
  const database = await openDatabase(readEnv());
  const sql = await openProofSession(database.url, 'close');
  try {
    // What was recorded while no server ran is rolled up first.
    await catchUp(sql, () => new Date(), database.zone);
    if (day) return report({ day, closing: await closeDay(sql, day, database.zone, new Date()) });
    const closed = await closeDueDays(sql, database.zone, () => new Date(), report);
    if (closed.length === 0) console.log('No day is due.');
    return Math.max(exitCodes.balanced, ...closed.map(exitCodeOf));
  } finally {
    await sql.end({ timeout: 2 });
    await database.close();
  }
}

function report(closed: ClosedDay): number {
  const { day, closing } = closed;
  if (closing.status === 'busy') console.log(`${day}  another process is closing: try again when it has ended.`);
  if (closing.status === 'archived')
    console.log(`${day}  its log was archived: npm run archive -- --restore brings it back.`);
  if (closing.status === 'behind') console.log(`${day}  is not over yet, or not rolled up.`);
  if (closing.status === 'closed') {
    const forGood = closing.isFinal ? ', closed for good' : '';
    console.log(`${sayRepair(day, closing.proof, closing.isBalanced)}${forGood}`);
  }
  return exitCodeOf(closed);
}

function exitCodeOf({ closing }: ClosedDay): number {
  if (closing.status !== 'closed') return exitCodes.failed;
  return closing.isBalanced ? exitCodes.balanced : exitCodes.unbalanced;
}

runCommand(main);
