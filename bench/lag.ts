// From the answer "counted" to the event on an open dashboard, with a steady load beside it.
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { mintViewId } from '#ingest/view-id.ts';
import { percentile } from './percentile.ts';
import { runLoad } from './processes.ts';

/** One probe view every 250 ms of the last key, watched over server-sent events. */
export async function measureLag(port: number, keys: string[], viewsPerSecond: number, seconds: number) {
  const probeKey = keys.at(-1) ?? '';
  const load = runLoad({
    port,
    path: '/api/views',
    connections: 256,
    seconds,
    viewsPerRequest: 1,
    keys: keys.slice(0, -1),
    requestsPerSecond: viewsPerSecond,
  });
  const lags = await probe(port, probeKey, seconds);
  const result = await load;
  return {
    what: `view to dashboard at ${Math.round(result.viewsPerSecond)} views/s`,
    'p50 ms': percentile(lags, 0.5).toFixed(0),
    'p99 ms': percentile(lags, 0.99).toFixed(0),
    ratio: `${lags.length} probes`,
  };
}

async function probe(port: number, key: string, seconds: number): Promise<number[]> {
  const stop = new AbortController();
  const lags: number[] = [];
  const sentAt: number[] = [];
  let base: number | undefined;
  const stream = await fetch(`http://127.0.0.1:${port}/api/live?video=${key}`, { signal: stop.signal });
  const watching = watch(stream, (views) => {
    base ??= views;
    while (lags.length < views - base) lags.push(performance.now() - (sentAt[lags.length] ?? Number.NaN));
  });
  for (let i = 0; i < seconds * 4; i++) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    sentAt.push(performance.now());
    const view = { id: mintViewId(Date.now()), video: key };
    await fetch(`http://127.0.0.1:${port}/api/views`, { method: 'POST', body: JSON.stringify(view) });
  }
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  stop.abort();
  await watching;
  return lags;
}

async function watch(stream: Response, onViews: (views: number) => void): Promise<void> {
  if (!stream.body) throw new Error('The event stream has no body.');
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of Readable.fromWeb(stream.body as ReadableStream<Uint8Array>)) {
      text += decoder.decode(chunk, { stream: true });
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const found = /^data: (.*)$/m.exec(event);
        if (found) onViews(JSON.parse(found[1] ?? '{}').views);
      }
    }
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
  }
}
