// `npm run archive`: retention now, the list of archives, or a day brought back.

import { connect, type Sql } from '#db/client.ts';
import { type Database, openDatabase } from '#db/database.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import { type Env, readEnv } from '../../env.ts';
import { runCommand } from '../../run-command.ts';
import { closeDay } from '../close-day.ts';
import { withCloseLock } from '../close-lock.ts';
import { type Retained, retain } from '../retain.ts';
import type { PlannedDrop } from '../retention-plan.ts';
import { retentionPolicies } from '../retention-policies.ts';
import { type Archive, listArchives } from './find-archive.ts';
import { type ArchiveOptions, parseOptions, usage } from './options.ts';
import { restoreDay } from './restore-day.ts';
import { zoneDaysOf } from './zone-days.ts';

const whole = new Intl.NumberFormat('en');

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const env = readEnv();
  const database = await openDatabase(env);
  const sql = connect(database.url, { name: 'archive', max: 1, statementTimeoutMs: 3_600_000 });
  try {
    await perform(options, sql, env, database);
  } finally {
    await sql.end({ timeout: 2 });
    await database.close();
  }
}

async function perform(options: ArchiveOptions, sql: Sql, env: Env, database: Database): Promise<void> {
  if (options.do === 'list') printArchives(await listArchives(sql));
  if (options.do === 'retain') await retainNow(sql, env, database);
  if (options.do === 'restore') await restore(sql, options.day, env, database.zone);
}

async function retainNow(sql: Sql, env: Env, { url, zone: timeZone }: Database): Promise<void> {
  const policies = retentionPolicies(env.LOG_DAYS);
  const archives = { url, folder: env.ARCHIVE_DIR };
  const { tooOld, young } = await retain(sql, { policies, archives, timeZone, now: new Date(), onRetained: print });
  const dropped = tooOld.filter(({ status }) => status === 'dropped').length;
  console.log(
    `${dropped} dropped, ${tooOld.length - dropped} kept though due, ${young.length} not due yet${nextOf(young)}`,
  );
  if (!env.ARCHIVE_DIR) console.log('ARCHIVE_DIR is not set: the log of a day that is dropped is gone.');
}

function print(retained: Retained): void {
  const { partition, dueOn } = retained;
  if (retained.status === 'kept') console.log(`kept     ${partition}: due since ${dueOn}, but ${retained.because}`);
  else console.log(`dropped  ${partition}: ${whole.format(retained.rows)} rows${fileText(retained.fileName)}`);
}

function fileText(fileName: string | null | undefined): string {
  return fileName ? ` in ${fileName}` : '';
}

function nextOf(young: PlannedDrop[]): string {
  const next = young.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0];
  return next ? `; the next is ${next.partition.name} on ${next.dueOn}` : '';
}

async function restore(sql: Sql, day: string, env: Env, timeZone: ReportingZone): Promise<void> {
  const startedAt = performance.now();
  const restored = await withCloseLock(sql, () => restoreDay(sql, day, env.ARCHIVE_DIR, new Date()));
  if (!restored) throw new Error('A day is being closed at the moment: try again in a minute.');
  if (restored.status === 'refused') throw new Error(`${day} was not restored: ${restored.because}.`);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`restored ${day}: ${whole.format(restored.views)} views in ${seconds} s`);
  for (const zoneDay of await zoneDaysOf(sql, day, timeZone)) {
    const closing = await closeDay(sql, zoneDay, timeZone, new Date());
    const proof = closing.status === 'closed' ? (closing.isBalanced ? 'balanced' : 'not balanced') : closing.status;
    console.log(`proved   ${zoneDay}: ${proof}`);
  }
  console.log('It still takes no views, and is dropped again in seven days.');
}

function printArchives(archives: Archive[]): void {
  for (const { day, views, archivedAt, file, restoredAt } of archives) {
    const place = file ? `${file.fileName}, ${whole.format(file.bytes)} bytes` : 'no file';
    console.log(
      `${day}  ${whole.format(views)} views, archived ${archivedAt}, ${place}${restoredAt ? `, restored ${restoredAt}` : ''}`,
    );
  }
  console.log(`${archives.length} archived ${archives.length === 1 ? 'day' : 'days'}`);
}

runCommand(main);
