// What Boxoffice is measured against, one kind a process: `parse` only parses and answers, `update` counts in a column,
// `insert` writes one row a request. Gets the kind and the database's address as arguments, sends its port.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from '#db/client.ts';
import { viewedAtOf } from '#ingest/view-id.ts';

type SentView = { id: string; video: string; device: string };

const [kind, url = ''] = process.argv.slice(2);
const sql = connect(url, { name: `bench ${kind}`, max: 20 });

const work: Record<string, (view: SentView) => Promise<unknown>> = {
  parse: async () => {},
  update: (view) => sql`update bench_videos set views = views + 1 where key = ${view.video}`,
  insert: (view) => sql`
    insert into video_views (id, viewer, video_id, viewed_at, received_at, batch, lane, is_muted, device, browser, os, site)
    select ${view.id}, ${view.device}, id, to_timestamp(${viewedAtOf(view.id)}::float8 / 1000), now(), 0, 0, false,
      1, 2, 3, 'example.com'
    from videos where key = ${view.video} on conflict do nothing`,
};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const view: SentView = JSON.parse(Buffer.concat(chunks).toString());
    await work[kind ?? '']?.(view);
    const body = JSON.stringify({ id: view.id, status: 'counted' });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
