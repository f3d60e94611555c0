// Brings a database to this version's schema, one process at a time, and pins its reporting zone.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { connect, type Sql } from './client.ts';

const migrationsFolder = path.join(import.meta.dirname, 'migrations');
// Any constant works as long as nobody else uses it.
const migrationLock = 7_220_611;

/**
 * Runs the migrations that are missing, stores the reporting zone at first boot (UTC unless told) and returns it.
 * Throws when the database is newer than this version, or was set up with another zone than `timeZone`.
 */
export async function migrateDatabase(url: string, timeZone?: string): Promise<string> {
  // Session lock and migrations share this one connection: drizzle's migrator takes no lock of its own.
  const sql = connect(url, { name: 'migrate', max: 1, statementTimeoutMs: 600_000, lockTimeoutMs: 600_000 });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    await refuseDowngrade(sql);
    await migrate(drizzle({ client: sql }), { migrationsFolder });
    return await pinTimeZone(sql, timeZone);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function refuseDowngrade(sql: Sql): Promise<void> {
  const [found] = await sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`;
  if (!found?.name) return;
  const [newest] = await sql`select coalesce(max(created_at), 0)::text as at from drizzle.__drizzle_migrations`;
  const journal = JSON.parse(readFileSync(path.join(migrationsFolder, 'meta', '_journal.json'), 'utf8'));
  const known = Math.max(...journal.entries.map((entry: { when: number }) => entry.when));
  if (Number(newest?.at) > known) {
    throw new Error(
      'This database was migrated by a newer version of Boxoffice. Start that version, or restore a backup from before it.',
    );
  }
}

async function pinTimeZone(sql: Sql, timeZone: string | undefined): Promise<string> {
  await sql`insert into installation (time_zone) values (${timeZone ?? 'UTC'}) on conflict do nothing`;
  const [stored] = await sql<[{ time_zone: string }]>`select time_zone from installation`;
  if (timeZone && stored.time_zone !== timeZone) {
    throw new Error(
      `TIME_ZONE is ${timeZone}, but the days of this database were cut in ${stored.time_zone}. ` +
        `Set TIME_ZONE=${stored.time_zone} or leave it out; to change the zone, start with an empty database.`,
    );
  }
  return stored.time_zone;
}
