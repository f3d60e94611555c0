// `npm run verdict -- set-aside|release|reverse|list`: the command line around changed verdicts.
import { connect, connectDb, type Sql } from '#db/client.ts';
import { openDatabase } from '#db/database.ts';
import { readZone } from '#db/reporting-zone.ts';
import { archivedDays } from '#reports/archived-days.ts';
import { type ListedVerdict, verdictChanges } from '#reports/verdict-changes.ts';
import { videoByKey } from '#reports/video-by-key.ts';
import { readEnv } from '../env.ts';
import { runCommand } from '../run-command.ts';
import { changeVerdict } from './change-verdict.ts';
import { parseOptions, usage, type VerdictOptions } from './options.ts';
import { refusalText } from './outcome-text.ts';
import { reverseVerdict } from './reverse-verdict.ts';

type Changing = Extract<VerdictOptions, { action: 'change' }>;
type Reversing = Extract<VerdictOptions, { action: 'reverse' }>;

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const database = await openDatabase(readEnv());
  try {
    const sql = connect(database.url, { name: 'verdict', max: 1 });
    const said = run(sql, database.url, options);
    console.log(await said.finally(() => sql.end({ timeout: 2 })));
  } finally {
    await database.close();
  }
}

async function run(sql: Sql, url: string, options: VerdictOptions): Promise<string> {
  switch (options.action) {
    case 'change':
      return change(sql, options);
    case 'reverse':
      return reverse(sql, options);
    case 'list':
      return list(sql, url, options.video);
  }
}

async function change(sql: Sql, options: Changing): Promise<string> {
  const changed = await changeVerdict(sql, options, commandLine(), await readZone(sql));
  if (changed.status !== 'changed') {
    const span = { from: options.from.toISOString(), to: options.to.toISOString() };
    throw new Error(refusalText(changed, changed.status === 'archived' ? await archivedDays(sql, span) : []));
  }
  const how = options.verdict === 'bot' ? 'set aside' : 'released';
  return `Change ${changed.id}: ${changed.views} views of ${options.video} were ${how}. npm run verdict -- reverse ${options.video} ${changed.id} takes it back.`;
}

async function reverse(sql: Sql, { video, id }: Reversing): Promise<string> {
  const reversed = await reverseVerdict(sql, video, id, commandLine(), await readZone(sql));
  if (reversed.status !== 'reversed') throw new Error(refusalText(reversed, []));
  return `Reversed change ${id} of ${video}: ${reversed.views} views count as they were recorded again.`;
}

async function list(sql: Sql, url: string, key: string): Promise<string> {
  const db = connectDb(url, { name: 'verdict-list', max: 1 });
  const video = await videoByKey(db, 'all', key).finally(() => db.$client.end({ timeout: 2 }));
  if (!video) throw new Error(`There is no video ${key}.`);
  const changes = await verdictChanges(sql, video.id);
  return changes.length === 0 ? `Every view of ${key} counts as it was recorded.` : changes.map(printChange).join('\n');
}

function printChange({
  id,
  from,
  to,
  verdict,
  why,
  views,
  madeBy,
  madeAt,
  reversedBy,
  reversedAt,
}: ListedVerdict): string {
  const how = verdict === 'bot' ? 'set aside' : 'released';
  const end = reversedAt ? `; reversed by ${reversedBy} at ${reversedAt}` : '';
  return `${id}  ${from} to ${to}: ${how}, ${views} views, by ${madeBy} at ${madeAt}${end}: ${why}`;
}

function commandLine() {
  return { actor: 'command', now: new Date() } as const;
}

runCommand(main);
