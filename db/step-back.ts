import { readFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import type { Sql } from './client.ts';

// The highest is -20, the lowest 19, and 0 is everybody's.
const priority = 10;

/**
 * Has the server process of this session give way to all others: the embedded Postgres' or one of the same machine (Linux) that we
 * may tell so. Elsewhere nothing changes. `sql` has one connection.
 */
export async function stepBack(sql: Sql): Promise<void> {
  const [session] = await sql<[{ pid: number; port: number | null }]>`
    select pg_backend_pid() as pid, inet_client_port() as port`;
  // On another machine, or in another container, this number is somebody else's or nobody's. Ours has our port in its title.
  const title = await readFile(`/proc/${session.pid}/cmdline`, 'utf8').catch(() => '');
  if (!title.startsWith('postgres: ') || !title.includes(`(${session.port})`)) return;
  try {
    setPriority(session.pid, priority);
  } catch {
    // Another account's server: not ours to tell.
  }
}
