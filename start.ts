// `npm start` and `npm run dev`: builds if there is no build of this version yet, starts the server, stops it on a signal.
import { once } from 'node:events';
import { ensureBuild } from './ensure-build.ts';
import { readEnv } from './env.ts';
import { startServer } from './server.ts';
import { stopSignal } from './stop-signal.ts';

const stopDeadlineMs = 25_000;

async function main(): Promise<void> {
  const env = readEnv();
  if (env.NODE_ENV === 'production' && env.ROLES.includes('web')) ensureBuild();
  const signal = stopSignal(stopDeadlineMs);
  const server = await startServer(env);
  if (!signal.aborted) await once(signal, 'abort');
  await server.stop();
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
