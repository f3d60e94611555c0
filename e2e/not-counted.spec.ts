// From a refused view to its reason, its remedy, its site and its video, while the page is open.
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { person } from './import-views.ts';

const day = 86_400_000;

/** A UUIDv7 of a time. */
function idAt(time: number): string {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}

const row = (page: Page, table: string, name: string | RegExp) =>
  page.getByRole('table', { name: table }).getByRole('row', { name });

const viewsIn = (page: Page, table: string, name: string | RegExp) => row(page, table, name).getByRole('cell').first();

test('a view that is refused now is on the open page with its reason, what to do, its site and its video', async ({
  page,
  request,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('The lock keeper');
  const site = `${key}.example`;
  const headers = { 'user-agent': person, origin: `https://${site}` };
  let reloads = 0;
  await page.goto(`${app}/not-counted?range=24h&video=${key}`);
  page.on('load', () => {
    reloads += 1;
  });
  await expect(page.getByText(/every view that came in was counted/)).toHaveCount(2);
  await expect(page.getByText(/complete to/)).toBeVisible();

  const late = { video: key, id: idAt(Date.now() - 8 * day) };
  expect(await (await request.post(`${app}/api/views`, { headers, data: late })).json()).toMatchObject({
    status: 'rejected',
    reason: 'too_old',
  });
  await expect(viewsIn(page, 'Views not counted, by reason', /^too_old/)).toHaveText('1', { timeout: 5_000 });
  expect(reloads).toBe(0);
  await expect(page.getByRole('table', { name: 'Views not counted, by reason' })).toContainText(
    'The view is more than seven days old. Bring it in with an import. By command: npm run import -- FILE.',
  );
  await expect(viewsIn(page, 'Origins of views not counted', site)).toHaveText('1');
  await expect(viewsIn(page, 'Videos of views not counted', 'The lock keeper')).toHaveText('1');
  await expect(viewsIn(page, 'views not counted, Last 24 hours', /^Total/)).toHaveText('1');

  // A view that was counted and is sent again is no refusal.
  const view = { video: key, id: idAt(Date.now()) };
  for (const status of ['counted', 'duplicate']) {
    expect(await (await request.post(`${app}/api/views`, { headers, data: view })).json()).toMatchObject({ status });
  }
  const sums = page.getByRole('list', { name: 'What is shown' });
  await expect(sums.getByRole('listitem')).toHaveText([/^Not counted1/, /^Duplicates1/]);
  await sums.getByRole('link', { name: 'Duplicates' }).click();
  await expect(page).toHaveURL(/reason=duplicate/);
  await expect(viewsIn(page, 'Videos of duplicate', 'The lock keeper')).toHaveText('1');
});

test('a reason narrows sites and videos, the address keeps it, and the way back leads to all', async ({
  page,
  request,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('Half tide');
  const send = (origin: string, data: object) =>
    request.post(`${app}/api/views`, { headers: { 'user-agent': person, origin }, data });
  await send(`https://late.${key}.example`, { video: key, id: idAt(Date.now() - 9 * day) });
  await send(`https://skewed.${key}.example`, { video: key, id: idAt(Date.now()), sentAt: 0 });
  await send(`https://skewed.${key}.example`, { video: key, id: idAt(Date.now()), sentAt: 1 });
  await page.goto(`${app}/not-counted?range=24h&video=${key}`);
  for (const table of ['Views not counted, by reason', 'Origins of views not counted', 'Videos of views not counted']) {
    await expect(viewsIn(page, table, /^Total/)).toHaveText('3');
  }
  await page.getByRole('link', { name: 'clock_skew' }).click();
  await expect(page).toHaveURL(/reason=clock_skew/);
  await expect(viewsIn(page, 'Origins of clock_skew', /^Total/)).toHaveText('2');
  await expect(page.getByText(`late.${key}.example`)).toBeHidden();
  await expect(page.getByRole('list', { name: 'Narrowed to' })).toContainText('2 views');
  await expect(viewsIn(page, 'Views not counted, by reason', /^Total/)).toHaveText('3');
  await page.getByRole('link', { name: 'Last month' }).click();
  await expect(page).toHaveURL(/range=last-month.*reason=clock_skew/);
  await page.goBack();
  await expect(page).toHaveURL(/range=24h.*reason=clock_skew/);
  await page.getByRole('link', { name: 'Show all reasons' }).click();
  await expect(viewsIn(page, 'Origins of views not counted', `late.${key}.example`)).toHaveText('1');
});

test('a video’s page leads to its refused views, with its range', async ({ page, request, app, makeVideo }) => {
  const key = await makeVideo('Undertow');
  const headers = { 'user-agent': person };
  await page.goto(`${app}/videos/${key}?range=7d`);
  await expect(page.getByText(/was not counted/)).toBeHidden();
  await request.post(`${app}/api/views`, { headers, data: { video: key, sentAt: 0 } });
  await page.goto(`${app}/videos/${key}?range=7d`);
  await page.getByRole('link', { name: '1 view was not counted' }).click();
  await expect(page).toHaveURL(new RegExp(`video=${key}&range=7d`));
  await expect(viewsIn(page, 'Views not counted, by reason', /^clock_skew/)).toHaveText('1');
});

test('what a hostile sender calls its site is shown as text', async ({ page, request, app, makeVideo }) => {
  const key = await makeVideo('Wreck');
  const host = `a';alert(1)//`.replaceAll('/', '-');
  const headers = { 'user-agent': person, origin: `https://${host}.example` };
  await request.post(`${app}/api/views`, { headers, data: { video: key, sentAt: 0 } });
  await page.goto(`${app}/not-counted?range=24h&video=${key}`);
  await expect(viewsIn(page, 'Origins of views not counted', `${host}.example`)).toHaveText('1');
  await expect(page.getByRole('link', { name: host })).toHaveCount(0);
  await page.goto(`${app}/not-counted?reason=%3Cscript%3E&video=%00nobody&range=nonsense`);
  const alerts = page.getByRole('main').getByRole('alert');
  await expect(alerts.filter({ hasText: /Showing the last 28 days\.$/ })).toHaveCount(1);
  await expect(alerts.filter({ hasText: 'There is no video with the key' })).toHaveCount(1);
});

// Each theme once, each width once: contrast does not depend on the width.
for (const [colorScheme, width] of [
  ['light', 1_280],
  ['dark', 360],
] as const) {
  test(`the page is accessible and fits, ${colorScheme}, ${width} px`, async ({ browser, request, app }) => {
    const headers = { 'user-agent': person, origin: `https://${'long-'.repeat(11)}name.of.a.site.example` };
    await request.post(`${app}/api/views`, { headers, data: { video: 'nobody-has-this-key' } });
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 780 } });
    const page = await context.newPage();
    for (const query of [
      'range=24h',
      'range=24h&reason=unknown_video',
      'reason=duplicate',
      'from=2020-01-01&to=2020-01-02',
    ]) {
      await page.goto(`${app}/not-counted?${query}`);
      await page.locator('.recharts-surface').first().waitFor();
      await expectAccessible(page, query);
    }
    await context.close();
  });
}
