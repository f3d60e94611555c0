// Closed-loop load over raw keep-alive sockets, in a process of its own so that it does not share the server's loop.
// Gets a LoadOrder as its message, answers with a LoadResult.
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { mintViewId } from '#ingest/view-id.ts';
import { percentile } from './percentile.ts';

export type LoadOrder = {
  port: number;
  path: string;
  connections: number;
  seconds: number;
  viewsPerRequest: number;
  keys: string[];
  /** Requests a second over all connections; as many as possible if absent. */
  requestsPerSecond?: number;
};

export type LoadResult = {
  requests: number;
  errors: number;
  requestsPerSecond: number;
  viewsPerSecond: number;
  p50: number;
  p99: number;
};

const userAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

process.on('message', async (order: LoadOrder) => {
  process.send?.(await run(order));
  process.exit(0);
});

async function run(order: LoadOrder): Promise<LoadResult> {
  const devices = Array.from({ length: 5_000 }, () => randomUUID());
  const latencies: number[] = [];
  let errors = 0;
  const startedAt = performance.now();
  const endAt = startedAt + order.seconds * 1_000;
  const spacing = order.requestsPerSecond ? (1_000 * order.connections) / order.requestsPerSecond : 0;

  async function worker(index: number): Promise<void> {
    const socket = connect(order.port, '127.0.0.1').setNoDelay(true);
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    let answered: (status: string) => void = () => {};
    let received = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      received += chunk;
      const head = received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (received.length < head + 4 + length) return;
      const status = received.slice(9, 12);
      received = '';
      answered(status);
    });
    let due = startedAt + (spacing * index) / order.connections;
    while (performance.now() < endAt) {
      if (spacing > 0 && due > performance.now()) await new Promise((r) => setTimeout(r, due - performance.now()));
      // With a schedule, latency counts from when the request was due: a stalled server does not slow the clock.
      const from = spacing > 0 ? due : performance.now();
      due += spacing;
      const body = requestBody(order, devices);
      const status = new Promise<string>((resolve) => {
        answered = resolve;
      });
      socket.write(
        `POST ${order.path} HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: ${userAgent}\r\norigin: https://example.com\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
      if ((await status) !== '200') errors += 1;
      latencies.push(performance.now() - from);
    }
    socket.destroy();
  }

  await Promise.all(Array.from({ length: order.connections }, (_, index) => worker(index)));
  const seconds = (performance.now() - startedAt) / 1_000;
  const requestsPerSecond = latencies.length / seconds;
  return {
    requests: latencies.length,
    errors,
    requestsPerSecond,
    viewsPerSecond: requestsPerSecond * order.viewsPerRequest,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  };
}

function requestBody({ viewsPerRequest, keys }: LoadOrder, devices: string[]): string {
  const now = Date.now();
  const one = () => {
    const key = keys[Math.floor(keys.length * Math.random() ** 2)];
    const device = devices[Math.floor(devices.length * Math.random())];
    return `{"id":"${mintViewId(now)}","video":"${key}","device":"${device}","sentAt":${now},"page":"https://example.com/watch"}`;
  };
  if (viewsPerRequest === 1) return one();
  return `[${Array.from({ length: viewsPerRequest }, one).join(',')}]`;
}
