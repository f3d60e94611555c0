// A rollup worker in a process of its own, until it is told to stop by SIGTERM.
import { connect } from '#db/client.ts';
import { startWorker } from '#rollups/worker.ts';

const [url = '', name = ''] = process.argv.slice(2);
// Shorter than the product's own, so that a pause need not be long.
const options = { name, max: 1, statementTimeoutMs: 10_000, idleInTransactionTimeoutMs: 1_500 };
const worker = startWorker(() => connect(url, options), {
  ...{ intervalMs: 100, silenceMs: 12_000, timeZone: 'UTC' },
  clock: () => new Date(),
  onError: (error) => console.log(String(error)),
});
process.on('SIGTERM', () => worker.stop().then(() => process.exit()));
console.log('started');
