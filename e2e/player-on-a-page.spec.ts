// What the player takes for a view, on pages of another origin, in a real browser; the endpoint is a stub.
import type { Page } from '@playwright/test';
import { viewedAtOf } from '#ingest/view-id.ts';
import { test as base, expect } from './fixtures.ts';
import { openStub, type Stub } from './stub-endpoint.ts';

const test = base.extend<{ stub: Stub; quietPage: undefined }>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright reads the names of a fixture's needs from this pattern
  stub: async ({}, use) => {
    const stub = await openStub();
    await use(stub);
    await stub.close();
  },
  // Whatever happens to our script, the page has no errors from it.
  quietPage: [
    async ({ page }, use) => {
      const errors: Error[] = [];
      page.on('pageerror', (error) => errors.push(error));
      await use(undefined);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

/** Runs in the page, with its first video. */
const withVideo = (page: Page, action: (element: HTMLVideoElement) => unknown) =>
  page.locator('video').first().evaluate(action);

const untilPlayed = (page: Page, second: number) =>
  expect.poll(() => withVideo(page, (element) => element.currentTime)).toBeGreaterThan(second);

const keysOf = (stub: Stub) => stub.counted.map((view) => view.video);

test('a clip that plays, loops, pauses, seeks and goes on is one view', async ({ page, foreignSite, stub }) => {
  const article = foreignSite.publish(`${stub.script}${stub.video('launch', 'muted autoplay loop')}`);
  await page.goto(article);
  await untilPlayed(page, 0.3);
  await withVideo(page, (element) => element.pause());
  await withVideo(page, (element) => element.play());
  await withVideo(page, (element) => {
    element.currentTime = 5.5;
  });
  await expect.poll(() => withVideo(page, (element) => element.currentTime)).toBeLessThan(3);
  await untilPlayed(page, 0.3);
  expect(stub.sent).toHaveLength(1);
  expect(stub.counted[0]).toMatchObject({ video: 'launch', page: article, muted: true });
  expect(Math.abs(viewedAtOf(stub.counted[0]?.id ?? '') - Date.now())).toBeLessThan(10_000);
});

test('another source in place, and another key, are new views; pressing play again after the end is not', async ({
  page,
  foreignSite,
  stub,
}) => {
  await page.goto(foreignSite.publish(`${stub.script}${stub.video('first')}`));
  await untilPlayed(page, 0.2);
  await withVideo(page, (element) => {
    element.src = element.src.replace('clip', 'other');
  });
  await expect.poll(() => keysOf(stub)).toEqual(['first', 'first']);
  await withVideo(page, (element) => element.setAttribute('data-boxoffice', 'second'));
  await untilPlayed(page, 0.2);
  expect(keysOf(stub)).toHaveLength(2);
  await withVideo(page, (element) => {
    element.currentTime = 5.8;
  });
  await expect.poll(() => keysOf(stub)).toEqual(['first', 'first', 'second']);
  await expect.poll(() => withVideo(page, (element) => element.ended)).toBe(true);
  await withVideo(page, (element) => element.play());
  await untilPlayed(page, 0.2);
  expect(stub.sent).toHaveLength(3);
});

test('videos that come later count: inserted, already playing, or given their key late', async ({
  page,
  foreignSite,
  stub,
}) => {
  await page.goto(foreignSite.publish(`${stub.script}<main></main>`));
  await page.evaluate(async (src) => {
    const made = (key: string) => {
      const element = Object.assign(document.createElement('video'), { src, muted: true });
      if (key) element.setAttribute('data-boxoffice', key);
      return element;
    };
    const inserted = made('inserted');
    const wrapper = document.createElement('div');
    wrapper.append(inserted);
    document.body.append(wrapper);
    await inserted.play();

    const playing = made('playing');
    await playing.play();
    await new Promise((resolve) => playing.addEventListener('timeupdate', resolve, { once: true }));
    document.body.append(playing);

    const late = made('');
    document.body.append(late);
    await late.play();
    late.setAttribute('data-boxoffice', 'late');
  }, `${stub.origin}/clip.webm`);
  await expect.poll(() => keysOf(stub).sort()).toEqual(['inserted', 'late', 'playing']);
});

test('a single-page app that moves on: each video counts on the page it is seen on', async ({
  page,
  foreignSite,
  stub,
}) => {
  const first = foreignSite.publish(`${stub.script}<main>${stub.video('one')}</main>`);
  await page.goto(first);
  await expect.poll(() => keysOf(stub)).toEqual(['one']);
  await page.evaluate((html) => {
    history.pushState({}, '', '/two?utm_source=letter#top');
    for (const main of document.querySelectorAll('main')) main.innerHTML = html;
  }, stub.video('two'));
  await expect.poll(() => keysOf(stub)).toEqual(['one', 'two']);
  expect(stub.counted.map((view) => view.page)).toEqual([first, new URL('/two', first).href]);
  expect(stub.counted[1]?.device).toBe(stub.counted[0]?.device);
});

test('a reload is a new view', async ({ page, foreignSite, stub }) => {
  await page.goto(foreignSite.publish(`${stub.script}${stub.video('launch')}`));
  await expect.poll(() => keysOf(stub)).toEqual(['launch']);
  await page.reload();
  await expect.poll(() => keysOf(stub)).toEqual(['launch', 'launch']);
});

test('a script that comes late, and twice, counts what already plays, once', async ({ page, foreignSite, stub }) => {
  await page.goto(foreignSite.publish(stub.video('launch')));
  await untilPlayed(page, 0.2);
  await page.addScriptTag({ url: `${stub.origin}/player.js` });
  await page.addScriptTag({ url: `${stub.origin}/player.js?again` });
  await expect.poll(() => keysOf(stub)).toEqual(['launch']);
  await withVideo(page, (element) => {
    element.currentTime = 3;
  });
  await untilPlayed(page, 3.2);
  expect(stub.sent).toHaveLength(1);
});

test('offline, then online: counted once, at the time it was played', async ({ page, context, foreignSite, stub }) => {
  // Without timers nothing but the network's return can wake the player.
  await page.addInitScript(() => Object.assign(window, { setTimeout: () => 0 }));
  await page.goto(foreignSite.publish(`${stub.script}${stub.video('launch', 'muted loop')}`));
  await page.waitForFunction(() => window.boxoffice);
  await withVideo(
    page,
    (element) => element.readyState >= 4 || new Promise((r) => element.addEventListener('canplaythrough', r)),
  );
  await context.setOffline(true);
  const startedAt = Date.now();
  await withVideo(page, (element) => element.play());
  await untilPlayed(page, 1);
  expect(stub.sent).toEqual([]);
  await context.setOffline(false);
  await expect.poll(() => keysOf(stub)).toEqual(['launch']);
  expect(viewedAtOf(stub.counted[0]?.id ?? '') - startedAt).toBeLessThan(1_000);
});

test('what could not be sent is delivered by the next page of the site, under the same id', async ({
  page,
  foreignSite,
  stub,
}) => {
  stub.fail(503);
  await page.goto(foreignSite.publish(`${stub.script}${stub.video('launch')}`));
  await untilPlayed(page, 0.5);
  stub.fail(undefined);
  await page.goto(foreignSite.publish(stub.script));
  await expect.poll(() => keysOf(stub), { timeout: 10_000 }).toEqual(['launch']);
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).sort())).toEqual(['boxoffice.device']);
});

for (const skew of [-3_600_000, 3_600_000]) {
  test(`a browser clock that is wrong by ${skew / 60_000} minutes: counted once, at the right time`, async ({
    page,
    foreignSite,
    stub,
  }) => {
    await page.addInitScript((ms) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + ms;
    }, skew);
    await page.goto(foreignSite.publish(`${stub.script}${stub.video('launch')}`));
    await expect.poll(() => keysOf(stub)).toEqual(['launch']);
    expect(stub.sent).toHaveLength(2);
    expect(Math.abs(viewedAtOf(stub.counted[0]?.id ?? '') - Date.now())).toBeLessThan(10_000);
  });
}

test('viewers who ask for privacy, and pages without storage, send no device', async ({ page, foreignSite, stub }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  await page.goto(foreignSite.publish(`${stub.script}${stub.video('private', 'autoplay muted')}`));
  await expect.poll(() => keysOf(stub)).toEqual(['private']);
  expect(stub.counted[0]).not.toHaveProperty('device');

  const inner = `${stub.script}${stub.video('sandboxed')}`.replaceAll('"', '&quot;');
  await page.goto(foreignSite.publish(`<iframe sandbox="allow-scripts" srcdoc="${inner}"></iframe>`));
  await expect.poll(() => keysOf(stub)).toEqual(['private', 'sandboxed']);
  expect(stub.counted[1]).not.toHaveProperty('device');
});

test('other players count with boxoffice.view, with sound unless they say so', async ({ page, foreignSite, stub }) => {
  await page.goto(foreignSite.publish(stub.script));
  await page.waitForFunction(() => window.boxoffice);
  const id = await page.evaluate(() => window.boxoffice?.view('own-player'));
  await page.evaluate(() => window.boxoffice?.view('own-player', { muted: true }));
  await expect.poll(() => stub.counted).toHaveLength(2);
  expect(stub.counted[0]).toMatchObject({ id, video: 'own-player' });
  expect(stub.counted.map((view) => view.muted)).toEqual([undefined, true]);
});

test('a server that goes away disturbs nothing', async ({ page, foreignSite, stub }) => {
  await page.goto(foreignSite.publish(`${stub.script}${stub.video('launch', 'muted')}`));
  await page.waitForFunction(() => window.boxoffice);
  await stub.close();
  await withVideo(page, (element) => element.play());
  await untilPlayed(page, 0.5);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('outbox')))).toHaveLength(1);
});
