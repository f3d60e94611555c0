import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbedded } from '#db/embedded.ts';
import { startApp } from './start-app.ts';

/** Starts the built app with a database of its own; its addresses reach the tests through the environment. */
export default async function setUp(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'boxoffice-e2e-'));
  await chmod(dataDir, 0o755);
  const cluster = await startEmbedded(dataDir);
  const app = await startApp(cluster.url);
  process.env.BOXOFFICE_TEST_DATABASE = cluster.url;
  process.env.BOXOFFICE_TEST_URL = app.url;
  return async () => {
    await app.stop();
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
