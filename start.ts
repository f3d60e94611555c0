// `npm start` and `npm run dev`: builds if there is no build yet, starts the server, stops it on a signal.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readEnv } from './env.ts';
import { startServer } from './server.ts';

const stopDeadlineMs = 25_000;

async function main(): Promise<void> {
  const env = readEnv();
  const hasBuild = existsSync(path.join(import.meta.dirname, '.next', 'BUILD_ID'));
  if (env.NODE_ENV === 'production' && env.ROLES.includes('web') && !hasBuild) {
    execFileSync('npm', ['run', 'build'], { cwd: import.meta.dirname, stdio: 'inherit' });
  }
  const server = await startServer(env);
  let isStopping = false;
  const stop = async () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(() => process.exit(1), stopDeadlineMs).unref();
    await server.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
