// From a player in a real browser to the creator's dashboard: the real script, endpoint, log, rollup and pages.
import type { Browser, FrameLocator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

// As itself, the test's browser is counted apart: its name is that of a bot.
test.use({
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
});

const title = 'Harbour at dawn';

/** What somebody else puts on a page. */
const pageWith = (app: string, key: string, attributes = 'muted autoplay loop') =>
  `<script async src="${app}/player.js"></script>
   <video data-boxoffice="${key}" src="${app}/clip.webm" ${attributes}></video>`;

/** The creator's browser, with the video's dashboard open. */
async function openDashboard(browser: Browser, app: string, key: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${app}/videos/${key}`);
  await expect(peopleOn(page)).toHaveText('0');
  return page;
}

/** The total of the minutes, as a screen reader finds it. */
function peopleOn(dashboard: Page) {
  const minutes = dashboard.getByRole('table', { name: `${title}, last 60 minutes` });
  return minutes
    .getByRole('row', { name: /^Total/ })
    .getByRole('cell')
    .first();
}

const withVideo = (page: Page | FrameLocator, action: (element: HTMLVideoElement) => unknown) =>
  page.locator('video').evaluate(action);

const untilPlayed = (page: Page | FrameLocator, second: number) =>
  expect.poll(() => withVideo(page, (element) => element.currentTime)).toBeGreaterThan(second);

test('a view on another site is on the open dashboard within three seconds, without a reload', async ({
  page,
  browser,
  app,
  sql,
  foreignSite,
  makeVideo,
}) => {
  const key = await makeVideo(title);
  const dashboard = await openDashboard(browser, app, key);
  let reloads = 0;
  dashboard.on('load', () => {
    reloads += 1;
  });
  await page.goto(foreignSite.publish(pageWith(app, key)));
  await untilPlayed(page, 0);
  await expect(peopleOn(dashboard)).toHaveText('1', { timeout: 3_000 });
  expect(reloads).toBe(0);
  const views = await sql`
    select is_muted, bot from video_views where video_id = (select id from videos where key = ${key})`;
  expect([...views]).toEqual([{ is_muted: true, bot: null }]);
});

test('loop, pause, seek and resume are one view; another source in place is a second', async ({
  page,
  browser,
  app,
  foreignSite,
  makeVideo,
}) => {
  const key = await makeVideo(title);
  const dashboard = await openDashboard(browser, app, key);
  await page.goto(foreignSite.publish(pageWith(app, key)));
  await untilPlayed(page, 0.3);
  await withVideo(page, (element) => element.pause());
  await withVideo(page, (element) => element.play());
  await withVideo(page, (element) => {
    element.currentTime = 5.5;
  });
  await expect.poll(() => withVideo(page, (element) => element.currentTime)).toBeLessThan(3);
  await untilPlayed(page, 0.3);
  await expect(peopleOn(dashboard)).toHaveText('1');
  await withVideo(page, (element) => {
    element.src += '?another';
  });
  // A view too many before would make this three.
  await expect(peopleOn(dashboard)).toHaveText('2');
});

test('offline, then online: counted once', async ({ page, context, browser, app, foreignSite, makeVideo }) => {
  const key = await makeVideo(title);
  const dashboard = await openDashboard(browser, app, key);
  await page.goto(foreignSite.publish(pageWith(app, key, 'muted loop preload="auto"')));
  await page.waitForFunction(() => window.boxoffice && document.querySelector('video')?.readyState === 4);
  await context.setOffline(true);
  await withVideo(page, (element) => element.play());
  await untilPlayed(page, 1);
  await expect(peopleOn(dashboard)).toHaveText('0');
  await context.setOffline(false);
  await expect(peopleOn(dashboard)).toHaveText('1');
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage))).toEqual(['boxoffice.device']);
  await page.reload();
  await withVideo(page, (element) => element.play());
  await expect(peopleOn(dashboard)).toHaveText('2');
});

for (const hours of [-1, 1]) {
  test(`a browser clock ${hours} hour wrong: counted once, in the right minute`, async ({
    page,
    app,
    sql,
    browser,
    foreignSite,
    makeVideo,
  }) => {
    const key = await makeVideo(title);
    const dashboard = await openDashboard(browser, app, key);
    await page.addInitScript((ms) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + ms;
    }, hours * 3_600_000);
    const before = Date.now();
    await page.goto(foreignSite.publish(pageWith(app, key)));
    await expect(peopleOn(dashboard)).toHaveText('1');
    const [minute] = await sql<[{ from: string; views: string }]>`
      select minute as from, views from video_minutes
      where video_id = (select id from videos where key = ${key})`;
    expect(minute.views).toBe('1');
    const from = Date.parse(minute.from);
    expect(from).toBeGreaterThan(before - 60_000);
    expect(from).toBeLessThanOrEqual(Date.now());
  });
}

test('the frame counts for the page it is embedded in, again when it is loaded again', async ({
  page,
  browser,
  app,
  sql,
  foreignSite,
  makeVideo,
}) => {
  const key = await makeVideo(title);
  const dashboard = await openDashboard(browser, app, key);
  const frame = `<iframe src="${app}/embed/${key}" title="${title}" width="640" height="360"></iframe>`;
  // By another name, since sites are compared without their ports.
  await page.goto(foreignSite.publish(frame).replace('127.0.0.1', 'localhost'));
  const embed = page.frameLocator('iframe');
  await embed.getByRole('button', { name: 'play', exact: true }).click();
  await untilPlayed(embed, 0.3);
  await embed.getByRole('button', { name: 'pause' }).click();
  await embed.getByRole('button', { name: 'play', exact: true }).click();
  await expect(peopleOn(dashboard)).toHaveText('1');
  await page.reload();
  await embed.getByRole('button', { name: 'play', exact: true }).click();
  await expect(peopleOn(dashboard)).toHaveText('2');
  const sites = await sql`
    select distinct site from video_views where video_id = (select id from videos where key = ${key})`;
  expect([...sites]).toEqual([{ site: 'localhost' }]);
});

test('the watch page counts through its server action: once, also when the answer is lost', async ({
  page,
  browser,
  app,
  makeVideo,
}) => {
  const key = await makeVideo(title);
  const dashboard = await openDashboard(browser, app, key);
  const doors: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') doors.push(new URL(request.url()).pathname);
  });
  await page.goto(`${app}/watch/${key}`);
  // The first view is recorded, but its answer never arrives.
  await page.route(
    `**/watch/${key}`,
    async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await page.getByRole('button', { name: 'play', exact: true }).click();
  await expect(peopleOn(dashboard)).toHaveText('1');
  await expect.poll(() => doors).toEqual([`/watch/${key}`, `/watch/${key}`]);
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('outbox'))))
    .toEqual([]);
  await expect(peopleOn(dashboard)).toHaveText('1');
});
