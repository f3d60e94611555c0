import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { connect, type Sql } from '#db/client.ts';

/** A database that was never set up. */
export async function blankDatabase(): Promise<{ url: string; sql: Sql; close(): Promise<void> }> {
  const name = `blank_${randomBytes(6).toString('hex')}`;
  const admin = connect(inject('postgresUrl'), { name: 'test', max: 1 });
  await admin.unsafe(`create database ${name}`);
  const url = Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).href;
  const sql = connect(url, { name: 'test', max: 1 });
  return {
    url,
    sql,
    async close() {
      await sql.end({ timeout: 1 });
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
