// What is on top, and where views come from.
import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { importViews, person } from './import-views.ts';

const phone = 'Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0';

test('the charts list a video by its people, in the window that is chosen, and as CSV', async ({
  page,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('Tide tables');
  await importViews(
    key,
    Array.from({ length: 40 }, (_, n) => [`2025-06-0${1 + (n % 5)}T12:00:00Z`, person]),
  );
  await page.goto(`${app}/charts`);
  await page.getByRole('navigation', { name: 'Window' }).getByRole('link', { name: 'All time' }).click();
  await expect(page).toHaveURL(/window=all/);
  const row = page.getByRole('row', { name: /Tide tables/ }).filter({ has: page.locator(`a[href="/videos/${key}"]`) });
  await expect(row).toBeVisible();
  await expect(row.getByRole('cell').filter({ hasText: /^40$/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Trending' })).toContainText('the last 24 whole hours');
  const answer = await page.request.get(`${app}/charts/export?window=all`);
  expect(await answer.text()).toContain(`${key},Tide tables,`);
  const list = await page.request.get(`${app}/views/top-k?window=all&k=1000`);
  expect(await list.json()).toContainEqual(expect.objectContaining({ key, views: 40, title: 'Tide tables' }));
});

test('a bad window or k is answered with what is allowed', async ({ request, app }) => {
  const problemOf = async (query: string) => {
    const answer = await request.get(`${app}/views/top-k${query}`);
    return [answer.status(), (await answer.json()).detail];
  };
  expect(await problemOf('?window=week')).toEqual([
    400,
    'window should be one of hour, day, month, all, last-60-minutes.',
  ]);
  expect(await problemOf('?window=day&k=1001')).toEqual([400, 'k should be a whole number from 1 to 1000.']);
  expect(await problemOf('?window=day&k=1.5')).toEqual([400, 'k should be a whole number from 1 to 1000.']);
});

test('the page of a video tells where its views come from, and the rows sum to its total', async ({
  page,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('Nets');
  await importViews(key, [
    ['2025-07-01T12:00:00Z', person],
    ['2025-07-02T12:00:00Z', person],
    ['2025-07-02T13:00:00Z', phone],
  ]);
  await page.goto(`${app}/videos/${key}?from=2025-07-01&to=2025-07-07`);
  const panel = page.getByRole('region', { name: 'Audience' });
  await expect(panel.getByRole('row', { name: /\(unknown\) 3/ })).toBeVisible();
  await panel.getByRole('navigation', { name: 'Broken down by' }).getByRole('link', { name: 'System' }).click();
  await expect(page).toHaveURL(/by=os/);
  await expect(panel.getByRole('row', { name: /Windows 2 67/ })).toBeVisible();
  await expect(panel.getByRole('row', { name: /Android 1 33/ })).toBeVisible();
  await expect(panel.getByRole('row', { name: /^Total 3/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Also watched' })).toContainText('No other video');
  const answer = await page.request.get(`${app}/videos/${key}/breakdown?from=2025-07-01&to=2025-07-07&by=os`);
  expect(await answer.text()).toBe('\ufeffvalue,people,bot_views,people_before\r\nWindows,2,0,0\r\nAndroid,1,0,0\r\n');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the charts, ${colorScheme}`, async ({ page, app }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${app}/charts?window=all`);
    await page.waitForLoadState('networkidle');
    await expectAccessible(page, 'the charts');
  });
}
