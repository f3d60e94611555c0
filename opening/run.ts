// `npm run opening -- FILE.csv`: the command line around opening balances.
import { readFile, stat } from 'node:fs/promises';
import { connect, type Sql } from '#db/client.ts';
import { openDatabase } from '#db/database.ts';
import { dateAt } from '#reports/calendar.ts';
import { readEnv } from '../env.ts';
import { runCommand } from '../run-command.ts';
import { enterCsv } from './enter-csv.ts';
import { type ListedEntry, listEntries } from './list-entries.ts';
import { type OpeningOptions, parseOptions, usage } from './options.ts';
import type { LineProblem } from './read-csv.ts';
import { reverseEntry } from './reverse-entry.ts';

// Some five times what 100,000 lines have.
const maxFileBytes = 32 * 1024 * 1024;
const listed = 50;
const shownProblems = 1_000;

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const file = options.action === 'enter' ? await readCsvFile(options.file) : undefined;
  const database = await openDatabase(readEnv());
  try {
    const sql = connect(database.url, { name: 'opening', max: 1 });
    const said = run(sql, options, file, new Date(), database.timeZone);
    console.log(await said.finally(() => sql.end({ timeout: 2 })));
  } finally {
    await database.close();
  }
}

async function readCsvFile(path: string): Promise<Buffer> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new Error(`There is no file ${path}.`);
  if (found.size > maxFileBytes) throw new Error(`The file has more than ${maxFileBytes} bytes: cut it into several.`);
  return readFile(path);
}

async function run(
  sql: Sql,
  options: OpeningOptions,
  file: Buffer | undefined,
  now: Date,
  timeZone: string,
): Promise<string> {
  switch (options.action) {
    case 'enter':
      return enter(sql, file ?? Buffer.alloc(0), options, now, timeZone);
    case 'list': {
      const entries = await listEntries(sql, null, { limit: listed });
      return entries.length === 0 ? 'Nothing was entered yet.' : entries.map(printEntry).join('\n');
    }
    case 'reverse':
      return reverse(sql, options.entry, now);
  }
}

async function enter(
  sql: Sql,
  file: Buffer,
  { source, isDryRun }: Extract<OpeningOptions, { action: 'enter' }>,
  now: Date,
  timeZone: string,
): Promise<string> {
  const author = { actor: 'command', now } as const;
  const entered = await enterCsv(sql, file, source, { whose: null, author, today: dateAt(now, timeZone), isDryRun });
  if (entered.status === 'refused') throw new Error(printProblems(entered.problems));
  const { balances, videos, views, zeros } = entered;
  const what = `${countsOf(balances, videos)}, ${exact(views)} views in all`;
  const skipped =
    zeros > 0
      ? ` ${exact(zeros)} ${zeros === 1 ? 'line has 0 views and says' : 'lines have 0 views and say'} nothing.`
      : '';
  if (entered.status === 'checked') return `The file is good: ${what}.${skipped} Nothing was entered.`;
  return `Entered ${what}, as entry ${entered.entry}.${skipped}\nTake it back with npm run opening -- --reverse ${entered.entry}`;
}

function printProblems(problems: LineProblem[]): string {
  const lines = problems.slice(0, shownProblems).map(({ line, problem }) => `  line ${line}: ${problem}`);
  const more = problems.length > shownProblems ? [`  and ${exact(problems.length - shownProblems)} more`] : [];
  return ['Nothing was entered. These lines need attention:', ...lines, ...more].join('\n');
}

async function reverse(sql: Sql, entry: number, now: Date): Promise<string> {
  const reversed = await reverseEntry(sql, entry, null, { actor: 'command', now });
  switch (reversed.status) {
    case 'reversed':
      return `Reversed entry ${entry}: ${countsOf(reversed.balances)}, ${exact(reversed.views)} views in all. No total shows it any more.`;
    case 'reversed_before':
      return `Entry ${entry} was reversed on ${reversed.on} by ${reversed.by}.`;
    default:
      throw new Error(`There is no entry ${entry}. npm run opening -- --list shows those there are.`);
  }
}

function printEntry({ entry, sources, balances, videos, views, ...more }: ListedEntry): string {
  const { firstDay, lastDay, enteredBy, enteredAt, reversedBy, reversedAt } = more;
  const facts = [
    `${countsOf(balances, videos)}${firstDay ? `, days ${firstDay} to ${lastDay}` : ''}`,
    `entered ${enteredAt} by ${enteredBy}`,
    ...(reversedAt ? [`reversed ${reversedAt} by ${reversedBy}`] : []),
  ];
  return [`${entry}  ${exact(views)} views from ${sources.join(', ')}`, ...facts.map((fact) => `       ${fact}`)].join(
    '\n',
  );
}

function countsOf(balances: number, videos?: number): string {
  const counts = `${exact(balances)} ${balances === 1 ? 'count' : 'counts'}`;
  return videos === undefined ? counts : `${counts} of ${exact(videos)} ${videos === 1 ? 'video' : 'videos'}`;
}

function exact(count: number): string {
  return count.toLocaleString('en');
}

runCommand(main);
