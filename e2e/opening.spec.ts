// Opening balances on the pages: entered by form and by file, seen beside every total, and reversed.
import type { Page } from '@playwright/test';
import type { Accounts } from '#accounts/accounts.ts';
import { connectDb } from '#db/client.ts';
import { emptyAccounts, openAccounts, setUp, signedIn } from '#test/accounts.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';

let accounts: Accounts;

test.beforeAll(async () => {
  const url = process.env.BOXOFFICE_TEST_DATABASE ?? '';
  const db = connectDb(url, { name: 'e2e', max: 2 });
  accounts = openAccounts({ db, sql: db.$client });
  await setUp(accounts, new Date());
});
test.afterAll(async () => {
  // The other tests are of an installation without accounts.
  await emptyAccounts(accounts);
  await accounts.sql.end();
});

async function comeAsAdmin(page: Page, app: string): Promise<void> {
  const headers = await signedIn(accounts, 'ada@example.com', new Date());
  const cookies = (headers.get('cookie') ?? '').split('; ').map((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    return { name, value, url: app };
  });
  await page.context().addCookies(cookies);
}

async function expectNothingWrong(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, colorScheme);
  }
}

test('a count is entered by form, stands beside the lifetime figure and in its explanation, and goes when it is reversed', async ({
  page,
  app,
  makeVideo,
}) => {
  const key = await makeVideo('Harbour at dusk');
  await comeAsAdmin(page, app);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${app}/videos/${key}`);
  await page.getByRole('link', { name: 'Opening balance' }).click();
  await page.getByLabel('Views').fill('980,000');
  await page.getByLabel('Counted by').fill('YouTube Studio');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Entered 980,000 views from YouTube Studio.')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Entries' })).toContainText('entered by Ada');
  await expectNothingWrong(page);

  await page.getByLabel('Views').fill('5');
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(page.getByText(/^Already entered on .* by Ada .entry \d+.: reverse that first\.$/)).toBeVisible();

  await page.goto(`${app}/videos/${key}`);
  await expect(page.getByText('+ 980,000 before, from YouTube Studio')).toBeVisible();
  await page.goto(`${app}/explain?video=${key}&unit=total`);
  await expect(page.getByText(/980,000 views more, which another product counted/)).toBeVisible();
  await page.goto(`${app}/videos?search=${key}`);
  await expect(page.getByRole('row', { name: /Harbour at dusk/ })).toContainText('+ 980,000 before');
  const count = await page.request.get(`${app}/api/videos/${key}/count`);
  expect(await count.json()).toMatchObject({ views: 0, people: 0, openingViews: 980_000 });
  expect(await (await page.request.get(`${app}/badge/${key}.svg`)).text()).toContain('<title>views by people: 0<');
  expect(await (await page.request.get(`${app}/badge/${key}.svg?opening=1`)).text()).toContain(
    '<title>views: 980,000<',
  );

  await page.goto(`${app}/videos/${key}/opening`);
  await page.getByRole('button', { name: /^Reverse entry \d+: 980,000 views from YouTube Studio/ }).click();
  await expect(page.getByText(/reversed by Ada on /)).toBeVisible();
  await page.goto(`${app}/videos/${key}`);
  await expect(page.getByText('People, lifetime')).toBeVisible();
  await expect(page.getByText(/before, from/)).toHaveCount(0);
});

test('a file is checked with every bad line told, entered, and its days are on the chart and in its table', async ({
  page,
  app,
  makeVideo,
}) => {
  const key = await makeVideo();
  await comeAsAdmin(page, app);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${app}/opening`);
  const lines = page.getByLabel('Lines');
  await lines.fill(`video,views,day\n${key},7,2026-02-03\nnobody,1,2026-02-03\n${key},1,3.2.2026`);
  await page.getByRole('button', { name: 'Only check them' }).click();
  await expect(page.getByText('Line 4: day: should look like 2026-01-31')).toBeVisible();
  await lines.fill(`video,views,day\n${key},7,2026-02-03\nnobody,1,2026-02-03`);
  await page.getByRole('button', { name: 'Enter all lines' }).click();
  await expect(page.getByText('Line 3: There is no video nobody.')).toBeVisible();
  await expectNothingWrong(page);
  await page.getByLabel('File', { exact: true }).setInputFiles({
    ...{ name: 'counts.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(`video,views,day\n${key},7,2026-02-03\n${key},12,2026-02-05\n`),
  });
  await expect(lines).toHaveValue(new RegExp(`${key},12`));
  await page.getByRole('button', { name: 'Only check them' }).click();
  await expect(page.getByText('The file is good: 2 counts of 1 video, 19 views in all.')).toBeVisible();
  await page.getByRole('button', { name: 'Enter all lines' }).click();
  await expect(page.getByText(/^Entered 2 counts of 1 video, 19 views in all, as entry \d+\.$/)).toBeVisible();

  await page.goto(`${app}/videos/${key}?from=2026-02-01&to=2026-02-07`);
  await expect(page.getByText('+ 19 before, from another product').first()).toBeVisible();
  const overTime = page.getByRole('region', { name: 'Over time' });
  await expect(overTime.getByText('Entered, not measured')).toBeVisible();
  await overTime.getByRole('button', { name: 'Show the table of days' }).click();
  const row = overTime.getByRole('row', { name: /Feb 5, 2026/ });
  await expect(row.getByRole('cell')).toHaveText(['not recorded', '12']);
  await expectNothingWrong(page);
});
