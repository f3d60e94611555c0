// Where a backup goes: a database that holds nothing yet, brought to the schema that the backup was made of.
import type { Sql, Transaction } from '#db/client.ts';
import { appliedMigrations, knownMigrations, migrateDatabase } from '#db/migrate.ts';
import { ensurePartitions, partitionedTables, partitionNamed } from '#db/partitions.ts';
import { tableNames } from './find-tables.ts';
import type { Head } from './manifest.ts';

// What a server that was started notes before there is any video. It makes way for what the backup has of it.
const screening = ['screening_minutes', 'screening_hours', 'screening_days'];
const makesWay = ['installation', 'ingest_lanes', 'rollup_cursors', 'viewer_salts', ...screening, 'labels'];

/**
 * Migrates the database to the age of the backup and makes its partitions; killed in between, it is as empty as before.
 * Throws, with what to do, when the backup is newer than this version or does not go into this database.
 */
export async function prepareTarget(sql: Sql, url: string, head: Head): Promise<void> {
  refuseUnknownSchema(head);
  await refuseFilled(sql);
  const newest = head.migrations.at(-1)?.madeAt ?? 0;
  const newestHere = (await appliedMigrations(sql)).at(-1)?.madeAt ?? 0;
  if (newestHere > newest) {
    throw new Error(
      `The backup is of an older schema (Boxoffice ${head.version}) than this database was set up with. Restore it into a database that ` +
        'was never set up, such as that of a new DATA_DIR: it is brought up to date behind it.',
    );
  }
  await migrateDatabase(url, undefined, newest);
  await makePartitions(sql, head);
}

/** Locks everybody else out until the transaction ends, and removes what makes way. Throws when there is more than that. */
export async function claimTarget(tx: Transaction): Promise<void> {
  // Parents only: whoever writes a row through them waits, and a lock for each of some thousand partitions is spared.
  const existing = await existingTables(tx);
  const parents = existing.map((name) => `only ${name}`);
  await tx.unsafe(`lock table ${parents.join(', ')} in exclusive mode`).catch((error) => {
    throw error.code === '55P03' ? new Error('Something uses this database: stop it, and restore again.') : error;
  });
  await refuseFilled(tx);
  // An older schema has not all of them.
  for (const name of makesWay.filter((name) => existing.includes(name))) await tx`delete from ${tx(name)}`;
}

function refuseUnknownSchema({ migrations, version }: Head): void {
  const known = new Map(knownMigrations().map(({ madeAt, hash }) => [madeAt, hash]));
  if (migrations.some(({ madeAt, hash }) => known.get(madeAt) !== hash)) {
    throw new Error(
      `The backup was made by Boxoffice ${version}, whose schema this version does not know: restore it with that version or a newer one.`,
    );
  }
}

async function refuseFilled(sql: Sql | Transaction): Promise<void> {
  for (const name of await existingTables(sql)) {
    if (makesWay.includes(name)) continue;
    const [found] = await sql<[{ some: boolean }]>`select exists(select from ${sql(name)}) as some`;
    if (found.some) {
      throw new Error(
        `This database is not empty: ${name} has rows. A backup is restored into an empty one only. Set DATABASE_URL to a new database, or ` +
          'DATA_DIR to a new folder; or move the old one away.',
      );
    }
  }
}

async function existingTables(sql: Sql | Transaction): Promise<string[]> {
  const found = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace and relname = any(${tableNames}::text[])
    order by 1`;
  return found.map(({ name }) => name);
}

async function makePartitions(sql: Sql, { tables }: Head): Promise<void> {
  for (const parent of Object.values(partitionedTables)) {
    const names = tables.filter(({ partOf }) => partOf === parent.table).map(({ name }) => name);
    const dated = names.filter((name) => /_\d{8}$/.test(name));
    await ensurePartitions(
      sql,
      parent,
      dated.map((name) => partitionNamed(parent, name)),
    );
  }
}
