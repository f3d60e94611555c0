import { saveChannel } from '#channels/save-channel.ts';
import type { Sql } from '#db/client.ts';
import type { LoadOrder } from './load-generator.ts';
import { cpuSecondsOf, type Running, runLoad } from './processes.ts';

const rounds = 6;
const seconds = 4;

type Kind = 'every site' | 'a list of sites' | 'a key for every channel';
type Row = {
  what: Kind;
  'views/s': number;
  'of unchecked': string;
  'server, us a view': string;
  'to unchecked': string;
};

/**
 * Single views of channels that count every site, of one that counts a list of sites, and with a key, in turns: the machine's speed
 * wanders. What `server`, the process, spends on a view wanders less than how many it takes.
 */
export async function measureChecks(server: Running, sql: Sql, keys: string[], key: string): Promise<Row[]> {
  const order = { port: server.port, path: '/api/views', connections: 64, seconds, viewsPerRequest: 1, keys };
  const runs: Record<Kind, Measured[]> = { 'every site': [], 'a list of sites': [], 'a key for every channel': [] };
  for (let round = 0; round < rounds; round++) {
    // A change of a channel has its videos read anew: each of the three begins with one.
    await allow(sql, ['example.com'], []);
    await allow(sql, [], ['example.com']);
    runs['every site'].push(await measure(server, order));
    await allow(sql, ['example.com', '*.example.org'], []);
    runs['a list of sites'].push(await measure(server, order));
    await allow(sql, [], ['example.com', '*.example.org']);
    runs['a key for every channel'].push(await measure(server, { ...order, key }));
  }
  const unchecked = meanOf(runs['every site']);
  return (Object.keys(runs) as Kind[]).map((what) => {
    const { viewsPerSecond, microseconds } = meanOf(runs[what]);
    return {
      ...{ what, 'views/s': Math.round(viewsPerSecond), 'server, us a view': microseconds.toFixed(1) },
      'of unchecked': (viewsPerSecond / unchecked.viewsPerSecond).toFixed(3),
      'to unchecked': (microseconds / unchecked.microseconds).toFixed(3),
    };
  });
}

type Measured = { viewsPerSecond: number; microseconds: number };

async function measure({ pid }: Running, order: LoadOrder): Promise<Measured> {
  const before = cpuSecondsOf(pid);
  const { requests, errors, viewsPerSecond } = await runLoad(order);
  if (errors > 0) throw new Error('Views were refused that should have been counted.');
  return { viewsPerSecond, microseconds: ((cpuSecondsOf(pid) - before) / requests) * 1_000_000 };
}

function meanOf(runs: Measured[]): Measured {
  const mean = (of: (one: Measured) => number) => runs.reduce((sum, one) => sum + of(one), 0) / runs.length;
  return { viewsPerSecond: mean((one) => one.viewsPerSecond), microseconds: mean((one) => one.microseconds) };
}

const author = { actor: 'command', now: new Date() } as const;

async function allow(sql: Sql, addedOrigins: string[], removedOrigins: string[]): Promise<void> {
  await saveChannel(sql, 'channel-1', { addedOrigins, removedOrigins, counting: {} }, author);
  // The server hears of it by a notification.
  await new Promise((resolve) => setTimeout(resolve, 500));
}
