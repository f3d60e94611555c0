// From a figure to what it is made of: with a pointer, with keys, on a phone, from a chart; and on to the proof and a receipt.
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { importViews, person } from './import-views.ts';

const crawler = 'Googlebot/2.1 (+http://www.google.com/bot.html)';
const panelOf = (page: Page) => page.getByRole('dialog', { name: 'Explain this number' });

/** One view after the other on March 2, the last of them a bot's. */
const marchViews: [string, string][] = [
  ['2026-03-02T10:00:00Z', person],
  ['2026-03-02T11:00:00Z', person],
  ['2026-03-02T12:00:00Z', crawler],
];

test('from the overview a figure leads to its explanation, to the proof, and to the receipt of a row', async ({
  page,
  request,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('Ebb');
  await request.post(`${app}/api/views`, { headers: { 'user-agent': person }, data: { video: key } });
  await page.goto(app);
  const row = page.getByRole('table', { name: /Channels/ }).getByRole('row', { name: `Channel ${key}` });
  await expect(row.getByRole('cell').last()).toHaveText('1');
  await row.getByRole('link', { name: 'Explain 1' }).last().click();
  const panel = panelOf(page);
  await expect(panel).toContainText('1 person');
  await expect(panel).toContainText('= 1 view − 0 bots');
  await expect(panel).toContainText('channel_totals: one row for all time of this channel');
  await expect(panel).toContainText(/All 1 view of .*, the latest day of this time whose log is kept/);
  // The page stays behind it.
  await expect(page.getByRole('heading', { name: 'Overview', includeHidden: true })).toHaveCount(1);

  await panel.getByRole('link', { name: 'Ledger of closings' }).click();
  await expect(page.getByRole('heading', { name: 'Proof', level: 1 })).toBeVisible();
  await expect(panel).toBeHidden();
  await page.goBack();
  await expect(panel).toContainText('1 person');

  await panel.getByRole('row', { name: /Ebb/ }).getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Receipt of a view' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('which every aggregate holds');
  await expect(page.getByRole('main').getByRole('link', { name: key, exact: true })).toBeVisible();
});

test('with keys: a figure opens, Escape closes, and the focus is back on it; a pasted address is a page', async ({
  page,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('Flood');
  await importViews(key, marchViews);
  const address = `${app}/videos/${key}?from=2026-03-01&to=2026-03-03`;
  await page.goto(address);
  const figure = page.getByRole('region', { name: 'Over time' }).getByRole('link', { name: 'Explain 2' }).first();
  await figure.focus();
  await page.keyboard.press('Enter');
  const panel = panelOf(page);
  await expect(panel).toContainText('= 3 views − 1 bot');
  await expect(panel).toContainText('All 3 views of Mon, Mar 2, 2026');
  const explanation = page.url();
  for (let tabs = 0; tabs < 12; tabs++) {
    expect(await page.evaluate(() => document.activeElement?.closest('dialog, body')?.tagName)).toBe('DIALOG');
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement === document.body)) break;
  }
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page).toHaveURL(address);
  await expect(figure).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(panel).toBeVisible();
  await page.goBack();
  await expect(panel).toBeHidden();
  await expect(figure).toBeFocused();

  await page.goto(explanation);
  await expect(page.getByRole('heading', { name: 'Explain this number', level: 1 })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('= 3 views − 1 bot');
  await expect(panel).toBeHidden();
});

test('each number of the table leads to its own time, and so does a click on the chart', async ({
  page,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('Slack');
  await importViews(key, marchViews);
  await page.goto(`${app}/videos/${key}?from=2026-03-02&to=2026-03-04`);
  const range = page.getByRole('region', { name: 'Over time' });
  await range.getByRole('button', { name: /Show the table/ }).click();
  const day = range.getByRole('row', { name: /Mar 2/ });
  await day.getByRole('link', { name: 'Explain 2' }).click();
  await expect(panelOf(page)).toContainText('Mon, Mar 2, 2026');
  await expect(panelOf(page)).toContainText('video_days: one row a day of this video');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(panelOf(page)).toBeHidden();

  const chart = range.getByRole('figure').locator('.recharts-surface').first();
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  if (!box) throw new Error('There is no chart.');
  // The first of three bars.
  await page.mouse.click(box.x + box.width * 0.25, box.y + box.height / 2);
  await expect(panelOf(page)).toContainText('Mon, Mar 2, 2026');
  await expect(panelOf(page)).toContainText('2 people');
});

test('a first touch of a point shows its value, the second explains it', async ({ browser, app, makeVideo }) => {
  const key = await makeVideo('Surge');
  await importViews(key, marchViews);
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(`${app}/videos/${key}?from=2026-03-02&to=2026-03-04`);
  const figure = page.getByRole('region', { name: 'Over time' }).getByRole('figure');
  const chart = figure.locator('.recharts-surface').first();
  await chart.scrollIntoViewIfNeeded();
  const touch = async () => {
    const box = await chart.boundingBox();
    if (!box) throw new Error('There is no chart.');
    await page.touchscreen.tap(box.x + box.width * 0.3, box.y + box.height / 2);
  };
  await touch();
  await expect(figure.getByText('Mon, Mar 2, 2026')).toBeVisible();
  await expect(panelOf(page)).toBeHidden();
  await touch();
  await expect(panelOf(page)).toContainText('Mon, Mar 2, 2026');
  await context.close();
});

test('figures of a hidden table are no stops of the tab key', async ({ page, app, makeVideo }) => {
  await page.goto(`${app}/videos/${await makeVideo('Neap')}`);
  const hidden = page.getByRole('table', { name: /last 60 minutes/ }).getByRole('link');
  await expect(hidden.first()).toHaveAttribute('tabindex', '-1');
  expect(await hidden.evaluateAll((links) => links.filter((link) => link.tabIndex !== -1).length)).toBe(0);
});

test('an archived day says so, and an address that asks nothing says what it should be', async ({
  page,
  app,
  sql,
  makeVideo,
}) => {
  const key = await makeVideo('Spate');
  await importViews(key, [['2024-02-29T12:00:00Z', person]]);
  await sql`insert into log_archives (day, views, archived_at) values ('2024-02-29', 1, now())`;
  await page.goto(`${app}/explain?video=${key}&unit=day&from=2024-02-29&to=2024-03-01`);
  await expect(page.getByRole('main')).toContainText('1 person');
  await expect(page.getByRole('main')).toContainText('no longer in the database');
  await expect(page.getByRole('main')).toContainText('it cannot come back');
  await sql`delete from log_archives where day = '2024-02-29'`;
  await page.goto(`${app}/explain?unit=century`);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('one of minute, hour, day, month and total');
  const unknown = await page.goto(`${app}/explain?unit=total&video=nobody`);
  expect(unknown?.status()).toBe(404);
  await expect(page.getByRole('main')).toContainText('The address may be mistyped');
});

test('hours that are no longer kept lead to their day, and closing goes back to the page', async ({
  page,
  app,
  sql,
  makeVideo,
}) => {
  const key = await makeVideo('Bore');
  await importViews(key, [['2023-05-04T12:00:00Z', person]]);
  const address = `${app}/videos/${key}?from=2023-05-04&to=2023-05-04`;
  await page.goto(address);
  const figure = page.getByRole('region', { name: 'Over time' }).getByRole('link', { name: 'Explain 1' }).first();
  await expect(figure).toBeVisible();
  await sql`insert into retention_drops (table_name, partition, from_day, to_day, rows, bytes, dropped_at)
    values ('video_hours', 'video_hours_20230501', '2023-05-01', '2023-06-01', 1, 1, now())`;
  await figure.click();
  const panel = panelOf(page);
  await expect(panel).toContainText('dropped for their age');
  await panel.getByRole('link', { name: 'explain Thu, May 4, 2023' }).click();
  await expect(panel).toContainText('1 person');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(panel).toBeHidden();
  await expect(page).toHaveURL(address);
  await sql`delete from retention_drops where partition = 'video_hours_20230501'`;
});

// Each theme once, each width once: contrast does not depend on the width.
for (const [colorScheme, width] of [
  ['light', 1_280],
  ['dark', 360],
] as const) {
  test(`axe finds nothing on an explanation, and it fits, ${colorScheme}, ${width} px`, async ({
    browser,
    app,
    makeVideo,
  }) => {
    const key = await makeVideo('Harbour at dawn, a title long enough to need a second line on a phone');
    await importViews(key, marchViews);
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${app}/videos/${key}?range=all`);
    await page.getByRole('link', { name: 'Explain 2' }).first().click();
    await expect(panelOf(page)).toContainText('All 3 views');
    const check = async (name: string) => {
      await expectAccessible(page, name);
    };
    await check('panel');
    const sideways = await panelOf(page).evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
    expect(sideways).toBeLessThanOrEqual(0);
    const receipt = await panelOf(page).getByRole('table').getByRole('link').first().getAttribute('href');
    await page.goto(page.url());
    await check('page');
    await page.goto(`${app}${receipt}`);
    await expect(page.getByRole('heading', { name: 'Receipt of a view' })).toBeVisible();
    await check('receipt');
    await context.close();
  });
}
