// A process that uses the embedded cluster of a folder until it is told to leave (SIGTERM).
import { startEmbedded } from '#db/embedded.ts';

const [dataDir = ''] = process.argv.slice(2);
const told = new Promise((resolve) => process.once('SIGTERM', resolve));
const stay = setInterval(() => {}, 60_000);
const cluster = await startEmbedded(dataDir);
console.log(`using ${cluster.url}`);
await told;
clearInterval(stay);
await cluster.stop();
