import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbedded } from '#db/embedded.ts';
import { secret } from '#test/secret.ts';
import { addressOf } from './app-address.ts';

/** Starts the built app with a database of its own; its addresses reach the tests through the environment. */
export default async function setUp(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'boxoffice-e2e-'));
  await chmod(dataDir, 0o755);
  const cluster = await startEmbedded(dataDir);
  const app = spawn(process.execPath, ['start.ts'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: cluster.url,
      APP_SECRET: secret,
      PORT: '0',
      RATE_LIMIT: '0',
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.env.BOXOFFICE_TEST_DATABASE = cluster.url;
  process.env.BOXOFFICE_TEST_URL = await addressOf(app.stdout, once(app, 'exit'));
  return async () => {
    app.kill('SIGTERM');
    if (app.exitCode === null) await once(app, 'exit');
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
