// `npm start` and `npm run dev`: builds if there is no build of this version yet, starts the server, stops it on a signal.
import { ensureBuild } from './ensure-build.ts';
import { readEnv } from './env.ts';
import { startServer } from './server.ts';

const stopDeadlineMs = 25_000;

async function main(): Promise<void> {
  const env = readEnv();
  if (env.NODE_ENV === 'production' && env.ROLES.includes('web')) ensureBuild();
  const starting = startServer(env);
  stopOnSignal(async () => (await starting).stop());
  await starting;
}

/** Stops in order on the first signal, also while still starting; at once on the second. */
function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      setTimeout(() => process.exit(1), stopDeadlineMs).unref();
      stop().then(
        () => process.exit(0),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
