import { randomBytes } from 'node:crypto';
import type { Sql } from '#db/client.ts';

/**
 * The secret that turns the viewers of imported files into ids: one for the whole installation, so that the same
 * viewer is the same in every file. It stands beside the daily secrets under a day that never passes.
 */
export async function importSalt(sql: Sql): Promise<string> {
  await sql`insert into viewer_salts (day, salt) values ('infinity', ${randomBytes(32).toString('hex')}) on conflict do nothing`;
  const [row] = await sql<[{ salt: string }]>`select salt from viewer_salts where day = 'infinity'`;
  return row.salt;
}
