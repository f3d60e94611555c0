import { type ClientRequest, get } from 'node:http';
import { percentile } from './percentile.ts';
import { runLoad } from './processes.ts';

const dashboards = 500;
// A platform has few videos that many watch the figures of, and many that one does.
const onOverview = 200;
const viewsPerSecond = 2_000;
const seconds = 30;

type Row = Record<string, string | number>;

/** Opens the live streams of many dashboards, lets views come in, and reads the event loop's delay from /metrics. */
export async function measureLiveDashboards(port: number, cookie: string, keys: string[]): Promise<Row[]> {
  const quiet = await loadFor(port, cookie, keys, []);
  const gaps: number[] = [];
  const streams = await Promise.all(
    Array.from({ length: dashboards }, (_, n) => open(port, cookie, n < onOverview ? '' : `?video=v${n}`, gaps)),
  );
  gaps.length = 0;
  const busy = await loadFor(port, cookie, keys, gaps);
  for (const stream of streams) stream.destroy();
  return [
    { what: `${viewsPerSecond} views/s, no dashboard`, ...quiet },
    { what: `${viewsPerSecond} views/s, ${dashboards} live dashboards`, ...busy },
  ];
}

async function loadFor(port: number, cookie: string, keys: string[], gaps: number[]): Promise<Row> {
  await loopDelay(port, cookie);
  const load = await runLoad({
    ...{ port, path: '/api/views', connections: 64, viewsPerRequest: 1, keys, seconds },
    requestsPerSecond: viewsPerSecond,
  });
  const delay = await loopDelay(port, cookie);
  return {
    'views/s': Math.round(load.viewsPerSecond),
    'views p99 ms': load.p99.toFixed(1),
    'loop p50 ms': delay.p50,
    'loop p99 ms': delay.p99,
    events: gaps.length,
    'between events p99 s': gaps.length > 0 ? (percentile(gaps, 0.99) / 1_000).toFixed(1) : '',
  };
}

/** Since it was asked the last time. The timer behind it fires every 10 ms, which are part of the figure. */
async function loopDelay(port: number, cookie: string): Promise<{ p50: string; p99: string }> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { cookie } });
  const scrape = await answer.text();
  const of = (name: string) => {
    const found = new RegExp(`^nodejs_eventloop_lag_${name}_seconds (\\S+)`, 'm').exec(scrape);
    if (!found) throw new Error(`/metrics does not tell the event loop's ${name}: ${answer.status}`);
    return (Number(found[1]) * 1_000).toFixed(1);
  };
  return { p50: of('p50'), p99: of('p99') };
}

function open(port: number, cookie: string, query: string, gaps: number[]): Promise<ClientRequest> {
  return new Promise((resolve, reject) => {
    const request = get(
      { port, host: '127.0.0.1', path: `/api/live${query}`, headers: { cookie }, agent: false },
      (response) => {
        if (response.statusCode !== 200) reject(new Error(`/api/live${query} answered ${response.statusCode}`));
        let last = performance.now();
        response.on('data', (chunk: Buffer) => {
          if (!chunk.includes('data: ')) return;
          gaps.push(performance.now() - last);
          last = performance.now();
          resolve(request);
        });
        response.on('error', () => {});
      },
    );
    request.on('error', reject);
  });
}
