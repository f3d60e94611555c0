// A page of another site whose video nobody announced, and people whose views are not counted, in a real browser.
import type { Page } from '@playwright/test';
import { saveChannel } from '#channels/save-channel.ts';
import { connectDb } from '#db/client.ts';
import { emptyAccounts, openAccounts, setUp, signedIn } from '#test/accounts.ts';
import { expect, test } from './fixtures.ts';

const author = { actor: 'command', now: new Date() } as const;

test('a page of an allowed site makes the video, which has the title of the page', async ({
  page,
  app,
  sql,
  foreignSite,
}) => {
  const channel = 'first-views';
  const counting = { firstViewVideosPerDay: 10 };
  await saveChannel(sql, channel, { addedOrigins: ['127.0.0.1'], removedOrigins: [], counting }, author);
  const article = foreignSite.publish(
    `<title>How tides work</title><script async src="${app}/player.js"></script>
     <video data-boxoffice="tides" data-channel="${channel}" src="${app}/clip.webm" muted autoplay></video>`,
  );
  await page.goto(article);
  await page.goto(`${app}/`);
  await expect.poll(async () => (await page.goto(`${app}/videos/tides`))?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1, name: 'How tides work' })).toBeVisible();
  await expect.poll(() => viewsOf(sql, 'tides')).toBe(1);
  await sql`update channels set first_view_videos_per_day = 0 where handle = ${channel}`;
});

test('whoever leaves themselves out on a site is not counted there until they are again', async ({
  page,
  app,
  sql,
  foreignSite,
  makeVideo,
}) => {
  const key = await makeVideo();
  const article = foreignSite.publish(
    `<script async src="${app}/player.js"></script>
     <video data-boxoffice="${key}" src="${app}/clip.webm" muted autoplay></video>`,
  );
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  await page.goto(`${article}?boxoffice=leave-me-out`);
  await untilPlayed(page);
  await page.goto(article);
  await untilPlayed(page);
  expect(told.filter((text) => text.startsWith('Boxoffice does not count you on this site')).length).toBe(2);
  await page.goto(`${article}?boxoffice=count-me`);
  await expect.poll(() => viewsOf(sql, key)).toBe(1);
});

test('an admin who is signed in watches without being counted, and is told so', async ({
  page,
  app,
  sql,
  makeVideo,
}) => {
  const key = await makeVideo();
  const db = connectDb(process.env.BOXOFFICE_TEST_DATABASE ?? '', { name: 'e2e', max: 1 });
  const accounts = openAccounts({ db, sql }, app);
  try {
    await setUp(accounts, new Date());
    const cookie = (await signedIn(accounts, 'ada@example.com', new Date())).get('cookie') ?? '';
    const [name = '', value = ''] = cookie.split('=');
    await page.context().addCookies([{ name, value, url: app }]);
    await page.goto(`${app}/watch/${key}`);
    await expect(page.getByText('Your own views are not counted.')).toBeVisible();
    const told = page.waitForEvent('console', (message) => message.text().includes('own_view'));
    await page.getByRole('button', { name: 'play', exact: true }).click();
    await told;
    // The frame opened by itself is a page of the server too.
    const again = page.waitForEvent('console', (message) => message.text().includes('own_view'));
    await page.goto(`${app}/embed/${key}?autoplay=1`);
    await again;
    await page.goto(`${app}/not-counted?range=24h&video=${key}`);
    const row = page
      .getByRole('table', { name: 'Views not counted, by reason' })
      .getByRole('row', { name: /^own_view/ });
    await expect(row.getByRole('cell').first()).toHaveText('2');
    expect(await viewsOf(sql, key)).toBe(0);
  } finally {
    // Other tests are the machine's own visitors, while nobody has an account.
    await emptyAccounts(accounts);
    await db.$client.end();
  }
});

const untilPlayed = (page: Page) =>
  expect
    .poll(() => page.locator('video').evaluate((element: HTMLVideoElement) => element.currentTime))
    .toBeGreaterThan(0.2);

async function viewsOf(sql: Parameters<typeof saveChannel>[0], key: string): Promise<number> {
  const [row] = await sql<[{ views: number }]>`
    select count(*)::int as views from video_views where video_id = (select id from videos where key = ${key})`;
  return row.views;
}
