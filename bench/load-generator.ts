// Load over raw keep-alive sockets, as fast as answers come or on a schedule, in a process of its own so that it does not share the server's loop.
// Gets a LoadOrder as its message, answers with a LoadResult.
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
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
  /** A key for servers, sent instead of the Origin that a page sends. */
  key?: string;
};

export type LoadResult = {
  /** All that were sent, those of the warm-up too; rates and latencies are of the answers 200 after it. */
  requests: number;
  errors: number;
  requestsPerSecond: number;
  viewsPerSecond: number;
  p50: number;
  p99: number;
};

// A process that has just started compiles its code while it sends: its first requests say nothing about the server.
const warmUpMs = 2_000;

const userAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

process.on('message', async (order: LoadOrder) => {
  process.send?.(await run(order));
  process.exit(0);
});

async function run(order: LoadOrder): Promise<LoadResult> {
  const latencies: number[] = [];
  let errors = 0;
  let sent = 0;
  const nextBody = bodies(order);
  const requestHead = head(order);
  const startedAt = performance.now();
  const countedFrom = startedAt + warmUpMs;
  const endAt = countedFrom + order.seconds * 1_000;
  const spacing = order.requestsPerSecond ? (1_000 * order.connections) / order.requestsPerSecond : 0;

  /** One connection: sends a request, waits for its answer, sends the next, until the time is over. */
  function worker(index: number): Promise<void> {
    const socket = connect(order.port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
    let due = startedAt + (spacing * index) / order.connections;
    let from = 0;
    let received = '';
    const send = () => {
      // With a schedule, latency counts from when the request was due: a stalled server does not slow the clock.
      from = spacing > 0 ? Math.min(due, performance.now()) : performance.now();
      due += spacing;
      const body = nextBody();
      socket.write(`${requestHead}${body.length}\r\n\r\n${body}`);
    };
    const sendWhenDue = () => {
      const wait = due - performance.now();
      if (spacing > 0 && wait > 0) setTimeout(send, wait);
      else send();
    };
    return new Promise((resolve, reject) => {
      socket.on('error', reject).on('connect', sendWhenDue);
      socket.on('data', (chunk: string) => {
        received += chunk;
        if (!isWhole(received)) return;
        const isAnswered = received.startsWith('200', 9);
        received = '';
        const now = performance.now();
        sent += 1;
        if (!isAnswered) errors += 1;
        else if (now > countedFrom) latencies.push(now - from);
        if (now < endAt) return sendWhenDue();
        socket.destroy();
        resolve();
      });
    });
  }

  await Promise.all(Array.from({ length: order.connections }, (_, index) => worker(index)));
  const seconds = (performance.now() - countedFrom) / 1_000;
  const requestsPerSecond = latencies.length / seconds;
  return {
    requests: sent,
    errors,
    requestsPerSecond,
    viewsPerSecond: requestsPerSecond * order.viewsPerRequest,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  };
}

function head({ path, key }: LoadOrder): string {
  const sender = key ? `authorization: Bearer ${key}` : 'origin: https://example.com';
  return `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: ${userAgent}\r\n${sender}\r\ncontent-type: text/plain\r\ncontent-length: `;
}

function isWhole(response: string): boolean {
  const headEnd = response.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const length = /content-length: (\d+)/i.exec(response);
  return response.length >= headEnd + 4 + Number(length?.[1] ?? 0);
}

/** Bodies without end. The audience is Zipf's, as audiences are: the first of 10,000 keys has a tenth of all views. */
function bodies({ viewsPerRequest, keys }: LoadOrder): () => string {
  const videos = zipfPicks(keys, ringSize);
  // So many that none of them is faster than people are: bots weigh more in the log.
  const devices = Array.from({ length: 100_000 }, () => randomUUID());
  let sent = Math.floor(Math.random() * ringSize);
  const one = () => {
    const now = Date.now();
    sent += 1;
    return `{"id":"${quickViewId(now)}","video":"${videos[sent % ringSize]}","device":"${devices[sent % devices.length]}","sentAt":${now},"page":"https://example.com/watch"}`;
  };
  if (viewsPerRequest === 1) return one;
  return () => `[${Array.from({ length: viewsPerRequest }, one).join(',')}]`;
}

const ringSize = 1 << 16;

/** `count` keys, the n-th of them drawn with a chance in proportion to 1/n. */
function zipfPicks(keys: string[], count: number): string[] {
  const bounds: number[] = [];
  let sum = 0;
  for (let rank = 1; rank <= keys.length; rank++) {
    sum += 1 / rank;
    bounds.push(sum);
  }
  return Array.from({ length: count }, () => {
    const at = Math.random() * sum;
    let [low, high] = [0, keys.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return keys[low] ?? '';
  });
}

/** A UUIDv7 for a tenth of what a proper one costs: the load must leave the machine to what is measured. */
function quickViewId(now: number): string {
  const time = now.toString(16).padStart(12, '0');
  const random = Math.floor(Math.random() * 2 ** 48)
    .toString(16)
    .padStart(12, '0');
  const more = Math.floor(Math.random() * 2 ** 24)
    .toString(16)
    .padStart(6, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${more.slice(0, 3)}-8${more.slice(3)}-${random}`;
}
