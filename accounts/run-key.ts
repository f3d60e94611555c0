// `npm run key -- create|list|revoke`: the command line around the keys.
import { findChannel } from '#channels/find-channel.ts';
import { connect, type Sql } from '#db/client.ts';
import { openDatabase } from '#db/database.ts';
import type { ChannelId } from '#db/schema.ts';
import { readEnv } from '../env.ts';
import { runCommand } from '../run-command.ts';
import type { Author } from './audit-entries.ts';
import { createKey } from './create-key.ts';
import { type KeyOptions, parseOptions, usage } from './key-options.ts';
import { type ListedKey, listKeys } from './list-keys.ts';
import { revokeKey } from './revoke-key.ts';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), Date.now());
  if (!options) {
    console.log(usage);
    return;
  }
  const database = await openDatabase(readEnv());
  try {
    const sql = connect(database.url, { name: 'key', max: 1 });
    console.log(await run(sql, options).finally(() => sql.end({ timeout: 2 })));
  } finally {
    await database.close();
  }
}

async function run(sql: Sql, options: KeyOptions): Promise<string> {
  switch (options.action) {
    case 'create':
      return create(sql, options);
    case 'list': {
      const keys = await listKeys(sql);
      if (keys.length === 0) return 'There are no keys yet. npm run key -- create NAME --scope views:write makes one.';
      return keys.map(printKey).join('\n');
    }
    case 'revoke':
      return revoke(sql, options.prefix);
  }
}

async function create(sql: Sql, options: Extract<KeyOptions, { action: 'create' }>): Promise<string> {
  const { name, scopes, channels, expiresAt = null } = options;
  const channelIds = channels ? await idsOf(sql, channels) : null;
  const { key, prefix } = await createKey(sql, { name, scopes, channelIds, expiresAt }, commandLine());
  return [
    `Made the key of ${name}. It is shown this once; only its SHA-256 is kept:`,
    '',
    `  ${key}`,
    '',
    `Send it as the header Authorization: Bearer ${prefix}_…, never to a browser. See docs/keys.md.`,
  ].join('\n');
}

async function idsOf(sql: Sql, handles: string[]): Promise<ChannelId[]> {
  const ids = new Set<ChannelId>();
  const missing: string[] = [];
  for (const handle of handles) {
    const id = await findChannel(sql, handle);
    if (id) ids.add(id);
    else missing.push(handle);
  }
  if (missing.length > 0) throw new Error(`There is no channel ${missing.join(', nor ')}: no key was made.`);
  return [...ids];
}

function printKey(key: ListedKey): string {
  const facts = [
    key.scopes.join(' '),
    key.channels === null ? 'every channel' : `channels ${key.channels.join(' ')}`,
    `made ${key.createdAt} by ${key.createdBy}`,
    key.lastUsedAt ? `last used ${key.lastUsedAt}` : 'never used',
    key.expiresAt ? `expires ${key.expiresAt}` : 'never expires',
    ...(key.revokedAt ? [`revoked ${key.revokedAt}`] : []),
  ];
  return [`${key.prefix}  ${key.state.padEnd(7)}  ${key.name}`, ...facts.map((fact) => `             ${fact}`)].join(
    '\n',
  );
}

async function revoke(sql: Sql, prefix: string): Promise<string> {
  switch (await revokeKey(sql, prefix, commandLine())) {
    case 'revoked':
      return `Revoked ${prefix}. Running servers refuse it from now on; what it sent stays.`;
    case 'revoked_before':
      return `${prefix} was revoked before.`;
    case 'unknown':
      throw new Error(`There is no key ${prefix}. npm run key -- list shows those there are.`);
  }
}

function commandLine(): Author {
  return { actor: 'command', now: new Date() };
}

runCommand(main);
