// What browser tests stand on: the running app, its database, and a site on another origin.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base } from '@playwright/test';
import { connect, type Sql } from '#db/client.ts';

export { expect } from '@playwright/test';

export type ForeignSite = {
  /** Serves `html` at a fresh address of an origin that is not the app's, and returns the address. */
  publish(html: string): string;
};

type Fixtures = {
  /** Where the app is, without a slash at the end. */
  app: string;
  sql: Sql;
  foreignSite: ForeignSite;
  /** Makes a video with the clip as its source in a channel of its own; returns its key. */
  makeVideo(title?: string): Promise<string>;
};

let made = 0;

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright reads the names of a fixture's needs from this pattern
  app: async ({}, use) => use(required('BOXOFFICE_TEST_URL')),

  // biome-ignore lint/correctness/noEmptyPattern: as above
  sql: async ({}, use) => {
    const sql = connect(required('BOXOFFICE_TEST_DATABASE'), { name: 'e2e', max: 2 });
    await use(sql);
    await sql.end();
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above
  foreignSite: async ({}, use) => {
    const pages = new Map<string, string>();
    const server = createServer((request, response) => {
      const html = pages.get((request.url ?? '').replace(/\?.*/, ''));
      response.writeHead(html ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
      response.end(html);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await use({
      publish(html) {
        const path = `/page-${pages.size + 1}`;
        pages.set(path, html);
        // Another port is another origin.
        return `http://127.0.0.1:${port}${path}`;
      },
    });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },

  makeVideo: async ({ sql, app }, use) => {
    await use(async (title = 'Harbour at dawn') => {
      made += 1;
      const key = `e2e-${process.pid}-${made}`;
      const [channel] = await sql<[{ id: string }]>`
        insert into channels (handle, name) values (${key}, ${`Channel ${key}`}) returning id`;
      await sql`
        insert into videos (key, channel_id, title, duration_seconds, source_url)
        values (${key}, ${channel.id}, ${title}, 6, ${`${app}/clip.webm`})`;
      await sql`select pg_notify('boxoffice_videos', ${key})`;
      return key;
    });
  },
});

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the browser tests with npm run test:e2e`);
  return value;
}
