import { createHmac } from 'node:crypto';
import type { Sql, Transaction } from '#db/client.ts';

/**
 * The viewer that a platform's user is: a UUID of version 8 that can equal neither a device's nor a daily hash (ingest/daily-salt.ts),
 * the same in every process and for good. Whoever has the rows but not the secret cannot try ids out.
 */
export function viewerOfUser(secret: string, user: string): string {
  const hex = createHmac('sha256', secret).update(`user\n${user}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-b${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The installation's secret; it is made with the database and never changes. */
export async function readViewerSecret(sql: Sql | Transaction): Promise<string> {
  const [row] = await sql<[{ secret: string }]>`select viewer_secret as secret from installation`;
  return row.secret;
}
