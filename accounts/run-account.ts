// `npm run account`: links for whoever has no way in.
import { connect, type Sql } from '#db/client.ts';
import { openDatabase } from '#db/database.ts';
import { readEnv } from '../env.ts';
import { runCommand } from '../run-command.ts';
import { serverAddress } from '../server-address.ts';
import { type AccountOptions, parseOptions, usage } from './account-options.ts';
import type { Author } from './audit-entries.ts';
import { inviteMember } from './invitations.ts';
import { mintResetLink, mintSetUpLink } from './links.ts';
import { takeSecondFactor } from './second-factor.ts';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const env = readEnv();
  const database = await openDatabase(env);
  try {
    const sql = connect(database.url, { name: 'account', max: 1 });
    console.log(await run(sql, options, serverAddress(env)).finally(() => sql.end({ timeout: 2 })));
  } finally {
    await database.close();
  }
}

async function run(sql: Sql, options: AccountOptions, address: string): Promise<string> {
  const author: Author = { actor: 'command', now: new Date() };
  switch (options.action) {
    case 'set-up':
      return setUp(sql, author, address);
    case 'invite':
      return invite(sql, options, author, address);
    case 'reset': {
      const token = await mintResetLink(sql, options.email, author.actor, author.now);
      if (!token) throw new Error(`Nobody has an account with the e-mail ${options.email}.`);
      return `For ${options.email}, once, within an hour:\n\n  ${address}/reset/${token}`;
    }
    case 'end-second-factor':
      if (!(await takeSecondFactor(sql, options.email, author))) {
        throw new Error(`There is no account with the e-mail ${options.email} that has a second factor.`);
      }
      return `${options.email} signs in with the password alone now.`;
  }
}

async function setUp(sql: Sql, { now }: Author, address: string): Promise<string> {
  const token = await mintSetUpLink(sql, now);
  if (!token) throw new Error('Somebody has an account already: --invite EMAIL --role admin lets another one in.');
  return `For the first account, an admin’s, once, within a day; links from before no longer work:\n\n  ${address}/join/${token}`;
}

async function invite(
  sql: Sql,
  { email, role, channels }: Extract<AccountOptions, { action: 'invite' }>,
  author: Author,
  address: string,
): Promise<string> {
  const invited = await inviteMember(sql, { email, role, channels }, author);
  if (invited.status === 'invalid') throw new Error(`${invited.problem} Nobody was invited.`);
  return `For ${invited.email}, once, within seven days:\n\n  ${address}/join/${invited.token}`;
}

runCommand(main);
