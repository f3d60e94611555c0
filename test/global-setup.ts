import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect, type Sql } from '#db/client.ts';
import { startEmbedded } from '#db/embedded.ts';
import { migrateDatabase } from '#db/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The cluster's maintenance database. */
    postgresUrl: string;
  }
}

/** Starts a cluster of its own for the run, with a migrated template, and removes both at the end. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'boxoffice-test-'));
  await chmod(dataDir, 0o755);
  const cluster = await startEmbedded(dataDir);
  await migrateDatabase(cluster.url, 'UTC');
  const url = new URL(cluster.url);
  url.pathname = '/postgres';
  const admin = connect(url.href, { name: 'test', max: 1 });
  await admin`alter database boxoffice rename to template_boxoffice`;
  await spareTheDisk(admin);
  await admin.end();
  project.provide('postgresUrl', url.href);
  return async () => {
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Nothing here outlives the run, and tests of crashes have clusters of their own. */
async function spareTheDisk(admin: Sql): Promise<void> {
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    await admin.unsafe(`alter system set ${setting} = off`);
  }
  await admin`select pg_reload_conf()`;
}
