import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import bundled from '@sparticuz/chromium';

const pages = ['/', '/videos', '/videos/v1', '/channels/channel-1', '/not-counted', '/embed/v1', '/watch/v1'];

type Row = { page: string; 'before charts KB': number; 'with charts KB': number };

/** Kilobytes of gzipped scripts that a browser without a cache loads: those that the page itself names, and all of them. */
export async function weighScripts(address: string, cookie: string): Promise<Row[]> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (await bundled.executablePath()),
    args: ['--no-sandbox'],
  });
  const rows: Row[] = [];
  try {
    for (const path of pages) {
      const context = await browser.newContext({ extraHTTPHeaders: { cookie } });
      const page = await context.newPage();
      const weights = new Map<string, Promise<number>>();
      page.on('response', (response) => {
        if (response.request().resourceType() !== 'script' || !response.ok()) return;
        weights.set(
          new URL(response.url()).pathname,
          response.body().then((body) => gzipSync(body).length),
        );
      });
      const answer = await page.goto(`${address}${path}`, { waitUntil: 'load' });
      const named = new Set((await answer?.text())?.match(/\/_next\/static\/[^"'\\]+\.js/g) ?? []);
      // Charts come after the page; their drawing is the sign that they are there.
      await page
        .locator('.recharts-surface')
        .first()
        .waitFor({ timeout: 5_000 })
        .catch(() => {});
      let [before, all] = [0, 0];
      for (const [script, weight] of weights) {
        all += await weight;
        if (named.has(script)) before += await weight;
      }
      rows.push({ page: path, 'before charts KB': kilobytes(before), 'with charts KB': kilobytes(all) });
      await context.close();
    }
  } finally {
    await browser.close();
  }
  return rows;
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 1_024);
}
