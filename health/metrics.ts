// What Prometheus reads from /metrics: this process, its recorder and its rollup.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client';
import type { Db } from '#db/client.ts';
import type { RecorderStats } from '#ingest/recorder.ts';
import { freshness } from '#reports/freshness.ts';

export type Metrics = {
  contentType: string;
  /** The text of a scrape. */
  scrape(): Promise<string>;
  /** To be called after each flush, and after each tick. */
  flushed(seconds: number, views: number): void;
  ticked(seconds: number): void;
};

const flushBuckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5];
const tickBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

/** `recorder` and `db` are asked at each scrape; the lag is left out while the database is away. */
export function openMetrics(db: Db, recorder: () => RecorderStats, clock: () => Date): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'boxoffice_queued_views',
    help: 'Views that wait for their flush',
    registers,
    collect() {
      this.set(recorder().queuedViews);
    },
  });
  new Gauge({
    name: 'boxoffice_rollup_lag_seconds',
    help: 'How far the aggregates are behind what was acknowledged',
    registers,
    async collect() {
      const { secondsBehind } = await freshness(db, clock()).catch(() => ({ secondsBehind: null }));
      this.set(secondsBehind ?? Number.NaN);
    },
  });
  const views = new Counter({
    name: 'boxoffice_flushed_views_total',
    help: 'Views and refusals written by flushes',
    registers,
  });
  const flushes = new Histogram({
    name: 'boxoffice_flush_seconds',
    help: 'Duration of a flush',
    buckets: flushBuckets,
    registers,
  });
  const ticks = new Histogram({
    name: 'boxoffice_tick_seconds',
    help: 'Duration of a rollup tick',
    buckets: tickBuckets,
    registers,
  });
  return {
    contentType: registry.contentType,
    scrape: () => registry.metrics(),
    flushed(seconds, count) {
      flushes.observe(seconds);
      views.inc(count);
    },
    ticked: (seconds) => ticks.observe(seconds),
  };
}
