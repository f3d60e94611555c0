import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import type { Db } from '#db/client.ts';
import type { AudienceNow } from './audience-now.ts';
import { serveLiveUpdates } from './live-http.ts';
import { openWatches } from './live-watches.ts';

const none = { views: 0, botViews: 0 };
const big = (n: number): AudienceNow => ({
  minutes: Array.from({ length: 2_000 }, () => ({ minute: '2026-03-10T12:00:00Z', views: n, botViews: 0 })),
  views: n,
  botViews: 0,
  completeTo: null,
  readAt: '2026-03-10T12:00:00Z',
  hourBefore: none,
  today: { today: none, yesterdaySoFar: none, hasYesterday: false },
  opening: { views: 0, sources: [] },
  lifetime: none,
});

test('a client that stopped reading costs half a megabyte at most, and is let go', async () => {
  const listeners = new Set<(event: AudienceNow) => void>();
  const updates = {
    subscribe: (_: unknown, listener: (event: AudienceNow) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch: () => openWatches().open(),
    close: async () => {},
  };
  let response: ServerResponse | undefined;
  const server = createServer((request, answer) => {
    response = answer;
    // All channels are nobody's row: the database is not asked.
    serveLiveUpdates({ updates, db: {} as Db, identify: async () => ({ kind: 'guest' }) }, request, answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.pause();
  client.write('GET /api/live HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await vi.waitFor(() => expect(listeners.size).toBe(1));
  let most = 0;
  for (let n = 0; n < 2_000 && listeners.size > 0; n++) {
    for (const listener of listeners) listener(big(n));
    most = Math.max(most, response?.writableLength ?? 0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(listeners.size).toBe(0);
  expect(response?.destroyed).toBe(true);
  expect(most).toBeGreaterThan(256 * 1_024);
  expect(most).toBeLessThan(512 * 1_024);
  client.destroy();
  server.close();
});
