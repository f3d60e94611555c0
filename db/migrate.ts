// Brings a database to this version's schema, one process at a time, and pins its reporting zone.
import path from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { PgDialect } from 'drizzle-orm/pg-core';
import { PostgresJsSession } from 'drizzle-orm/postgres-js';
import { connect, type Sql, type Transaction } from './client.ts';
import { nameOf, type ReportingZone, readZone } from './reporting-zone.ts';
import { zoneNameOf } from './zone-name.ts';

/** A migration by the time it was made, in milliseconds, and the SHA-256 of its text. */
export type Migration = { madeAt: number; hash: string };

const migrationsFolder = path.join(import.meta.dirname, 'migrations');
// Any constant works as long as nobody else uses it.
const migrationLock = 7_220_611;

/**
 * Runs the migrations that are missing, stores the reporting zone at first boot (UTC unless told) and returns it.
 * Throws when the database is newer than this version, or was set up with another zone than `timeZone`. With `upTo`,
 * migrations made after it are left out.
 */
export async function migrateDatabase(
  url: string,
  timeZone?: string,
  upTo = Number.POSITIVE_INFINITY,
): Promise<ReportingZone> {
  // Session lock and migrations share this one connection: drizzle's migrator takes no lock of its own.
  const sql = connect(url, { name: 'migrate', max: 1, statementTimeoutMs: 600_000, lockTimeoutMs: 600_000 });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    await refuseDowngrade(sql);
    const migrations = readMigrationFiles({ migrationsFolder }).filter(({ folderMillis }) => folderMillis <= upTo);
    const dialect = new PgDialect();
    await dialect.migrate(migrations, new PostgresJsSession(sql, dialect, undefined), { migrationsFolder });
    return await pinTimeZone(sql, timeZone);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The migrations of this version, oldest first. */
export function knownMigrations(): Migration[] {
  return readMigrationFiles({ migrationsFolder }).map(({ folderMillis, hash }) => ({ madeAt: folderMillis, hash }));
}

/** The migrations that a database has had, oldest first; none if it was never set up. */
export async function appliedMigrations(sql: Sql | Transaction): Promise<Migration[]> {
  const [found] = await sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`;
  if (!found?.name) return [];
  return sql<Migration[]>`
    select created_at::float8 as "madeAt", hash from drizzle.__drizzle_migrations order by created_at`;
}

async function refuseDowngrade(sql: Sql): Promise<void> {
  const newest = (await appliedMigrations(sql)).at(-1);
  const newestKnown = Math.max(...knownMigrations().map(({ madeAt }) => madeAt));
  if (newest && newest.madeAt > newestKnown) {
    throw new Error(
      'This database was migrated by a newer version of Boxoffice. Start that version, or restore a backup from before it.',
    );
  }
}

async function pinTimeZone(sql: Sql, timeZone: string | undefined): Promise<ReportingZone> {
  const [known] = await sql`select from installation`;
  // Another process may do the same now.
  if (!known) {
    const name = await zoneNameOf(sql, timeZone ?? 'UTC');
    await sql`insert into installation (time_zone) values (${name}) on conflict do nothing`;
  }
  const stored = await readZone(sql);
  const name = nameOf(stored);
  // Postgres and Node take names of zones in capitals or not.
  if (timeZone && name.toLowerCase() !== timeZone.toLowerCase()) {
    throw new Error(
      `TIME_ZONE is ${timeZone}, but the days of this database were cut in ${name}. Set TIME_ZONE=${name} or leave it out, ` +
        `or cut the days anew: npm run rebuild -- --time-zone ${timeZone}`,
    );
  }
  return stored;
}
