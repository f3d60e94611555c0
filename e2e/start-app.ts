import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from '#db/client.ts';
import { secret } from '#test/secret.ts';

export type App = {
  url: string;
  /** The first text among all that it puts out that matches, now or later. Rejects when it ends before. */
  said(pattern: RegExp): Promise<string>;
  /** All that it has put out. */
  output(): string;
  stop(): Promise<void>;
};

/** Starts the built app on a free port, over the database at `databaseUrl`, with settings beside those that tests need. */
export async function startApp(databaseUrl: string, settings: Record<string, string> = {}): Promise<App> {
  const app = spawn(process.execPath, ['--import', './quick-imports.ts', 'start.ts'], {
    env: {
      ...process.env,
      ...{ NODE_ENV: 'production', DATABASE_URL: databaseUrl, APP_SECRET: secret, LOG_LEVEL: 'info' },
      ...{ PORT: '0', RATE_LIMIT: '0' },
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(app, 'exit');
  let text = '';
  app.stdout.on('data', (chunk) => {
    text += chunk;
  });
  app.stderr.on('data', (chunk) => {
    text += chunk;
    process.stderr.write(chunk);
  });
  const said = async (pattern: RegExp): Promise<string> => {
    while (true) {
      const found = pattern.exec(text)?.[1];
      if (found) return found;
      const ended = await Promise.race([once(app.stdout, 'data').then(() => false), exited.then(() => true)]);
      if (ended) throw new Error(`The app ended without ${pattern}:\n${text}`);
    }
  };
  const stop = async () => {
    app.kill('SIGTERM');
    await exited;
  };
  return { url: await said(/Boxoffice is at (http:\/\/[\d.:]+)/), said, output: () => text, stop };
}

/** An empty database in the cluster of the app that most tests share. */
export async function makeDatabase(): Promise<string> {
  const shared = process.env.BOXOFFICE_TEST_DATABASE;
  if (!shared) throw new Error('BOXOFFICE_TEST_DATABASE is not set: run the browser tests with npm run test:e2e');
  const url = new URL(shared);
  const name = `own_${randomBytes(4).toString('hex')}`;
  const admin = connect(url.href, { name: 'e2e', max: 1 });
  await admin.unsafe(`create database ${name}`);
  await admin.end();
  url.pathname = `/${name}`;
  return url.href;
}
