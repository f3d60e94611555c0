import { saveChannel } from '#channels/save-channel.ts';
import type { Sql } from '#db/client.ts';
import { runLoad } from './processes.ts';

const rounds = 4;
const seconds = 4;

type Row = { what: string; 'views/s': number; 'as a part of unchecked': string };

/** Single views of channels that count every site, of one that counts a list of sites, and with a key, in turns: the machine's speed wanders. */
export async function measureChecks(port: number, sql: Sql, keys: string[], key: string): Promise<Row[]> {
  const order = { port, path: '/api/views', connections: 64, seconds, viewsPerRequest: 1, keys };
  const sums = { unchecked: 0, origin: 0, key: 0 };
  for (let round = 0; round < rounds; round++) {
    sums.unchecked += (await runLoad(order)).viewsPerSecond;
    await allow(sql, ['example.com', '*.example.org'], []);
    const withOrigin = await runLoad(order);
    await allow(sql, [], ['example.com', '*.example.org']);
    const withKey = await runLoad({ ...order, key });
    if (withOrigin.errors + withKey.errors > 0) throw new Error('Views were refused that should have been counted.');
    sums.origin += withOrigin.viewsPerSecond;
    sums.key += withKey.viewsPerSecond;
  }
  const row = (what: string, sum: number): Row => ({
    what,
    'views/s': Math.round(sum / rounds),
    'as a part of unchecked': (sum / sums.unchecked).toFixed(3),
  });
  return [
    row('every site', sums.unchecked),
    row('a list of sites', sums.origin),
    row('a key for every channel', sums.key),
  ];
}

async function allow(sql: Sql, addedOrigins: string[], removedOrigins: string[]): Promise<void> {
  await saveChannel(sql, 'channel-1', { addedOrigins, removedOrigins });
  // The server hears of it by a notification.
  await new Promise((resolve) => setTimeout(resolve, 500));
}
