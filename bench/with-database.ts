import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, type Sql } from '#db/client.ts';
import { openDatabase } from '#db/database.ts';

/** Runs a benchmark on an embedded database of its own, which is gone afterwards. */
export async function withDatabase(work: (url: string, sql: Sql, dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'boxoffice-bench-'));
  // Postgres runs as another user where we are root.
  await chmod(dataDir, 0o755);
  const database = await openDatabase({ DATA_DIR: dataDir });
  const sql = connect(database.url, { name: 'bench', max: 2, statementTimeoutMs: 1_800_000, plan: 'once' });
  try {
    await work(database.url, sql, dataDir);
  } finally {
    await sql.end();
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
