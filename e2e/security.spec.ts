// What the content security policy lets pages do, in a browser that says whenever it stops something.
import { expect, test } from './fixtures.ts';
import { hostile, watchPolicy } from './watch-policy.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing of any page is stopped, and titles with markup are text, ${colorScheme}`, async ({
    page,
    app,
    sql,
    makeVideo,
  }) => {
    const key = await makeVideo(hostile);
    await sql`update channels set name = ${hostile} where handle = ${key}`;
    await page.emulateMedia({ colorScheme });
    const stopped = await watchPolicy(page);
    const pages = ['/', '/videos', `/videos/${key}?range=all`, `/channels/${key}`, `/watch/${key}`, `/embed/${key}`];
    for (const address of [...pages, '/not-counted', '/proof', '/retention', '/system', '/videos/none', '/nowhere']) {
      await page.goto(`${app}${address}`);
      await page.waitForLoadState('load');
      // Hydrated: the theme is set by a script of the page's own, and React has taken over.
      if (!address.startsWith('/embed/')) await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      expect([address, stopped]).toEqual([address, []]);
      expect(await page.title()).not.toBe('taken');
    }
  });
}

test('pages follow each other and a video plays and counts under the policy', async ({ page, app, makeVideo }) => {
  const key = await makeVideo('Ebb');
  const stopped = await watchPolicy(page);
  await page.goto(`${app}/videos/${key}`);
  await page.getByRole('link', { name: 'Watch' }).click();
  await page.getByRole('button', { name: 'play', exact: true }).click();
  await expect
    .poll(() => page.locator('video').evaluate((element: HTMLVideoElement) => element.currentTime))
    .toBeGreaterThan(0.2);
  // The server action that records it passed the check for forged requests.
  await expect.poll(async () => (await (await fetch(`${app}/api/videos/${key}/count`)).json()).views).toBe(1);
  expect(stopped).toEqual([]);
});

test('a script that was smuggled into a page does not run', async ({ page, app }) => {
  const stopped = await watchPolicy(page);
  await page.goto(app);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = "document.title = 'taken'";
    document.body.append(script);
  });
  await expect.poll(() => stopped.some((text) => text.startsWith('script-src'))).toBe(true);
  expect(await page.title()).not.toBe('taken');
});

test('a dashboard does not load in a frame of another site', async ({ page, app, foreignSite }) => {
  await page.goto(foreignSite.publish(`<iframe src="${app}/videos"></iframe>`));
  await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toBeHidden();
});

test('a form on another site that posts to a dashboard is refused', async ({ page, app, foreignSite }) => {
  await page.goto(foreignSite.publish(`<form method="post" action="${app}/proof"><button>Win a prize</button></form>`));
  const [answer] = await Promise.all([
    page.waitForResponse(`${app}/proof`),
    page.getByRole('button', { name: 'Win a prize' }).click(),
  ]);
  expect(answer.status()).toBe(403);
});
