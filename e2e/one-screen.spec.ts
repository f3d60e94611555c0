// What a reader sees on one screen: that it agrees, and that a page's answer comes before all else.
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { importViews, person } from './import-views.ts';

test('on the overview the figures, the list and the channels never disagree while views are counted', async ({
  page,
  request,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('Spring tide');
  const headers = { 'user-agent': person };
  await request.post(`${app}/api/views`, { headers, data: { video: key } });
  await page.goto(app);
  const list = page.getByRole('table', { name: 'Most watched videos of the last 60 minutes' });
  await expect(list.getByRole('link', { name: 'Spring tide' })).toBeVisible();
  // Every change of the page is looked at, not only where it ends.
  await page.evaluate(() => {
    const seen = new Set<string>();
    const totalIn = (caption: string, column: number) => {
      const table = [...document.querySelectorAll('table')].find((one) => one.caption?.textContent?.includes(caption));
      return table?.tFoot?.rows[0]?.cells[column]?.textContent;
    };
    const figure = (name: string) =>
      [...document.querySelectorAll('p')].find((one) => one.textContent === name)?.nextElementSibling?.textContent;
    const look = () =>
      seen.add(
        JSON.stringify({
          hour: [figure('People in the last hour'), totalIn('last 60 minutes', 1), totalIn('Most watched', 1)],
          lifetime: [figure('People, lifetime'), totalIn('Channels', 4)],
        }),
      );
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { seen });
  });
  const row = list.getByRole('row', { name: /Spring tide/ });
  for (let views = 2; views <= 5; views++) {
    await request.post(`${app}/api/views`, { headers, data: { video: key } });
    await expect(row.getByRole('cell').first()).toHaveText(String(views));
  }
  const seen: { hour: string[]; lifetime: string[] }[] = await page.evaluate(() =>
    [...(window as unknown as { seen: Set<string> }).seen].map((text) => JSON.parse(text)),
  );
  expect(seen.length).toBeGreaterThanOrEqual(5);
  for (const { hour, lifetime } of seen) {
    expect(hour, JSON.stringify(hour)).toEqual(Array(3).fill(hour[0]));
    expect(lifetime).toEqual(Array(2).fill(lifetime[0]));
  }
});

test('on a phone the figure, its change and its stamp stand in the first 400 pixels, the chart above the fold', async ({
  browser,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('Harbour at dawn, a title long enough to need a second line on a phone');
  await importViews(key, [[new Date().toISOString(), person]]);
  const context = await browser.newContext({ viewport: { width: 360, height: 780 } });
  const page = await context.newPage();
  for (const address of ['/', `/videos/${key}`, `/channels/${key}`]) {
    await page.goto(`${app}${address}`);
    const chart = page.getByRole('figure', { name: /last 60 minutes/ });
    await expect(chart).toBeVisible();
    const bottomOf = async (locator: Locator) => {
      const box = await locator.first().boundingBox();
      return box ? box.y + box.height : Number.NaN;
    };
    expect(await bottomOf(page.getByText('People in the last hour')), address).toBeLessThan(400);
    expect(await bottomOf(page.getByText(/the hour before/)), address).toBeLessThan(400);
    expect(await bottomOf(page.getByText(/complete to/)), address).toBeLessThan(400);
    const barTop = (await page.getByRole('navigation', { name: 'Main' }).boundingBox())?.y;
    expect(await bottomOf(chart), address).toBeLessThan(barTop ?? 0);
  }
  await context.close();
});

test('the snippets stand below the charts, and a video without views leads to them', async ({
  page,
  app,
  makeVideo,
}) => {
  await page.goto(`${app}/videos/${await makeVideo('Sluice')}`);
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([
    'Last 60 minutes',
    'Is it taking off?',
    'Over time',
    'Unique viewers',
    'Audience',
    'Also watched',
    'Put it on a page',
  ]);
  await page.getByRole('link', { name: 'Put it on a page' }).click();
  await expect(page.getByRole('heading', { name: 'Put it on a page' })).toBeInViewport();
});

test('a video’s hour, lifetime and range never disagree while views are counted', async ({
  page,
  request,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('Neap tide');
  const headers = { 'user-agent': person };
  await page.goto(`${app}/videos/${key}?range=all`);
  await expect(page.getByRole('table', { name: /last 60 minutes/ })).toHaveCount(1);
  await expect(page.getByRole('table', { name: /All time/ })).toHaveCount(1);
  await page.evaluate(() => {
    const seen = new Set<string>();
    const totals = () =>
      [...document.querySelectorAll('main tfoot')].map((foot) => foot.querySelector('td')?.textContent);
    const lifetime = () =>
      [...document.querySelectorAll('p')].find((one) => one.textContent === 'People, lifetime')?.nextElementSibling;
    const look = () => seen.add(JSON.stringify([lifetime()?.textContent, ...totals()]));
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { seen });
  });
  for (let views = 1; views <= 3; views++) {
    await request.post(`${app}/api/views`, { headers, data: { video: key } });
    await expect(page.getByRole('table', { name: /All time/ }).getByRole('row', { name: /^Total/ })).toContainText(
      String(views),
    );
  }
  const seen: string[] = await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
  // The lifetime, the hour, the range, and the range by country once there is something in it.
  expect(seen).toEqual(
    [['0', '0', '0'], ...['1', '2', '3'].map((n) => [n, n, n, n])].map((one) => JSON.stringify(one)),
  );
});
