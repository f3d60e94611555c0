// What creators and analysts read: ranges, tables, search, public counts; in both themes, on wide screens and phones.
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { importViews, person } from './import-views.ts';

const crawler = 'Googlebot/2.1 (+http://www.google.com/bot.html)';

function totalOf(page: Page, table: RegExp) {
  return page
    .getByRole('table', { name: table })
    .getByRole('row', { name: /^Total/ })
    .getByRole('cell');
}

test('a range is in the address: its days, its total and its bots are those of the log', async ({
  page,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('The lamp room');
  await importViews(key, [
    ['2026-03-01T00:00:00Z', person],
    ['2026-03-01T23:59:59Z', person],
    ['2026-03-02T12:00:00Z', person],
    ['2026-03-02T12:00:01Z', crawler],
    ['2026-03-03T00:00:00Z', person],
  ]);
  await page.goto(`${app}/videos/${key}?from=2026-02-28&to=2026-03-03&bots=with`);
  const table = page.getByRole('table', { name: /The lamp room, Feb 28/ });
  await expect(table.getByRole('row', { name: /Mar 1/ }).getByRole('cell')).toHaveText(['2', '0']);
  await expect(table.getByRole('row', { name: /Mar 2/ }).getByRole('cell')).toHaveText(['1', '1']);
  await expect(table.getByRole('row', { name: /Mar 3/ }).getByRole('cell')).toHaveText(['1', '0']);
  // The first view is of March 1: what was before is not zero.
  await expect(table.getByRole('row', { name: /Feb 28/ }).getByRole('cell')).toHaveText(['not recorded']);
  await expect(totalOf(page, /The lamp room, Feb 28/)).toHaveText(['4', '1']);

  await page.getByLabel('From').fill('2026-03-02');
  await page.getByLabel('To, included').fill('2026-03-02');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL(/from=2026-03-02&to=2026-03-02/);
  await expect(totalOf(page, /The lamp room, Mar 2/)).toHaveText(['1', '1']);

  await page.getByRole('link', { name: 'All time' }).click();
  await expect(page).toHaveURL(/range=all/);
  await expect(totalOf(page, /The lamp room, All time/)).toHaveText(['4', '1']);
  await page.goBack();
  await expect(totalOf(page, /The lamp room, Mar 2/)).toHaveText(['1', '1']);
});

test('a range without a view says when the last one was, and leads there', async ({ page, app, makeVideo }) => {
  const key = await makeVideo('Slack water');
  await page.goto(`${app}/videos/${key}?from=2026-03-03&to=2026-03-05`);
  await expect(page.getByText('No views yet.', { exact: true })).toBeVisible();
  await importViews(key, [
    ['2026-03-01T10:00:00Z', person],
    ['2026-03-02T12:00:00Z', person],
  ]);
  await page.goto(`${app}/videos/${key}?from=2026-03-03&to=2026-03-05`);
  await expect(page.getByText('No views in this range. The last one was on Mar 2, 2026.')).toBeVisible();
  await page.getByRole('link', { name: 'Mar 2, 2026' }).click();
  await expect(page).toHaveURL(/from=2026-03-02&to=2026-03-02/);
  await expect(totalOf(page, /Slack water, Mar 2/)).toHaveText(['1']);
});

test('a video without a source says so, and how to give it one', async ({ page, app, sql, makeVideo }) => {
  const key = await makeVideo('Silent');
  await sql`update videos set source_url = null where key = ${key}`;
  const command = `npm run video -- ${key} --source URL`;
  await page.goto(`${app}/videos/${key}`);
  await expect(page.getByText(command)).toBeVisible();
  await expect(page.getByText('<iframe')).toBeHidden();
  await expect(page.getByText('<script async')).toBeVisible();
  await page.goto(`${app}/watch/${key}`);
  await expect(page.getByText(/nothing to play/)).toContainText(command);
  await page.goto(`${app}/embed/${key}`);
  await expect(page.getByText(/nothing to play/)).toBeVisible();
});

test('a range that cannot be read says what is shown instead and keeps the dates as typed', async ({
  page,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('Fog');
  await page.goto(`${app}/videos/${key}?from=2026-03-05&to=2026-03-01`);
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(/Showing the last 28 days\.$/);
  await expect(page.getByLabel('From')).toHaveValue('2026-03-05');
  await expect(page.getByLabel('To, included')).toHaveValue('2026-03-01');
  const ranges = page.getByRole('list', { name: 'Range' });
  await expect(ranges.getByRole('link')).not.toHaveCount(0);
  await expect(ranges.locator('[aria-current]')).toHaveCount(0);
  await ranges.getByRole('link', { name: '28 days' }).click();
  await expect(ranges.getByRole('link', { name: '28 days' })).toHaveAttribute('aria-current', 'true');
});

test('videos are found by title and by key', async ({ page, app, makeVideo }) => {
  const keys = [await makeVideo('Zebra crossing, 100 % striped'), await makeVideo('Aardvark at night')];
  await importViews(keys[1] ?? '', [['2026-03-01T10:00:00Z', person]]);
  await page.goto(`${app}/videos`);
  await page.getByPlaceholder('Title or key').fill('100 % str');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('link', { name: 'Zebra crossing, 100 % striped' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Aardvark at night' })).toBeHidden();
  await page.getByPlaceholder('Title or key').fill(keys[1] ?? '');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('link', { name: 'Aardvark at night' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Aardvark at night');
});

test('the list of videos is sorted as the address says', async ({ page, app, makeVideo }) => {
  // Other tests make videos as well: only these have this word in their titles.
  const word = crypto.randomUUID();
  const [zebra, aardvark, mole] = [`Zebra ${word}`, `Aardvark ${word}`, `Mole ${word}`];
  for (const title of [zebra, aardvark]) await makeVideo(title);
  await importViews(await makeVideo(mole), [['2026-03-01T10:00:00Z', person]]);
  const titles = page.getByRole('link', { name: word });
  const head = page.getByRole('columnheader', { name: 'Title' });

  await page.goto(`${app}/videos?search=${word}&sort=title`);
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await expect(titles).toHaveText([aardvark, mole, zebra]);

  await page.goto(`${app}/videos?search=${word}&sort=title&direction=desc`);
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await expect(titles).toHaveText([zebra, mole, aardvark]);

  await page.goto(`${app}/videos?search=${word}&sort=lifetime`);
  await expect(head).not.toHaveAttribute('aria-sort');
  await expect(titles.first()).toHaveText(mole);
});

test('the list of videos moves as views are counted', async ({ page, request, app, makeVideo }) => {
  const key = await makeVideo('Rising tide');
  await page.goto(`${app}/videos?search=${key}`);
  const lifetime = page
    .getByRole('row', { name: /Rising tide/ })
    .getByRole('cell')
    .last();
  await expect(lifetime).toHaveText(/0$/);
  await request.post(`${app}/api/views`, { headers: { 'user-agent': person }, data: { video: key } });
  await expect(lifetime).toHaveText(/1$/, { timeout: 5_000 });
});

test('the snippet for a page is copied with the key filled in', async ({ page, context, app, makeVideo }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const key = await makeVideo('Slipway');
  await page.goto(`${app}/videos/${key}`);
  await page.getByRole('button', { name: /copy/i }).first().click();
  await expect(page.getByRole('button', { name: /copied/i })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`data-boxoffice="${key}"`);
  expect(copied).toContain(`${app}/player.js`);
});

test('public pages get the count and the badge; an unknown key is a 404 that says so', async ({
  request,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('Breakwater');
  await importViews(key, [
    ['2026-03-01T10:00:00Z', person],
    ['2026-03-01T10:00:01Z', crawler],
  ]);
  const count = await request.get(`${app}/api/videos/${key}/count`);
  expect(await count.json()).toMatchObject({ video: key, views: 2, botViews: 1, people: 1 });
  expect(count.headers()['cache-control']).toContain('public');
  const badge = await request.get(`${app}/badge/${key}.svg`);
  expect(badge.headers()['content-type']).toContain('image/svg+xml');
  expect(await badge.text()).toMatch(/<svg[\s\S]*<title>views by people: 1<[\s\S]*>1</);
  const unknown = await request.get(`${app}/api/videos/nobody-has-this-key/count`);
  expect(unknown.status()).toBe(404);
  expect(unknown.headers()['content-type']).toContain('application/problem+json');
});

test('a request by another host name sees no dashboard, only what is public', async ({ request, app, makeVideo }) => {
  const key = await makeVideo('Mole');
  const headers = { host: 'boxoffice.example' };
  const asked = await request.get(`${app}/`, { headers, maxRedirects: 0 });
  expect([asked.status(), asked.headers().location]).toEqual([307, '/sign-in']);
  expect((await request.get(`${app}/api/live`, { headers })).status()).toBe(404);
  expect((await request.get(`${app}/api/videos/${key}/count`, { headers })).status()).toBe(200);
});

// Each theme once, each width once: contrast does not depend on the width.
for (const [colorScheme, width] of [
  ['light', 360],
  ['dark', 1_440],
] as const) {
  test(`every page is accessible and fits, ${colorScheme}, ${width} px`, async ({ browser, app, makeVideo }) => {
    const key = await makeVideo('Harbour at dawn, a title long enough to need a second line on a phone');
    await importViews(key, [['2026-03-01T10:00:00Z', person]]);
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    const page = await context.newPage();
    for (const address of [
      '/',
      '/videos',
      `/videos/${key}?range=all`,
      `/channels/${key}`,
      `/watch/${key}`,
      `/embed/${key}`,
      '/videos/none',
      '/retention',
    ]) {
      await page.goto(`${app}${address}`);
      if (await page.getByRole('figure').count()) await page.locator('.recharts-surface').first().waitFor();
      await expectAccessible(page, address);
    }
    await context.close();
  });
}
