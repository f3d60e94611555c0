// Each snippet as the page of a video shows it, pasted into a page of another origin; the server is the real one. What
// other services would load from their own servers is here as far as their documents describe it.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import { type SnippetKind, snippetsOf } from '#videos/snippets.ts';
import { test as base, expect } from './fixtures.ts';

const test = base.extend<{ pasted(kind: SnippetKind): Promise<{ key: string; code: string }> }>({
  pasted: async ({ app, makeVideo }, use) => {
    await use(async (kind) => {
      const key = await makeVideo(`Snippet ${kind}`);
      const all = snippetsOf({ base: app, key, title: `Snippet ${kind}`, source: `${app}/clip.webm` });
      return { key, code: all.find((snippet) => snippet.kind === kind)?.code ?? '' };
    });
  },
});

const plays = (page: Page) =>
  page.locator('video').evaluate((element: HTMLVideoElement) => {
    element.muted = true;
    return element.play();
  });

/** Waits until the video has so many views. */
async function counts(app: string, key: string, views = 1): Promise<void> {
  const read = async () => (await (await fetch(`${app}/api/videos/${key}/count`)).json()).views;
  await expect.poll(read).toBe(views);
}

/** One more view comes after all that the page has sent: two are there then, if one was before. */
async function countsInAll(page: Page, app: string, key: string): Promise<void> {
  await page.evaluate((video) => window.boxoffice?.view(video), key);
  await counts(app, key, 2);
}

for (const kind of ['html', 'wordpress'] as const) {
  test(`${kind} counts`, async ({ page, app, foreignSite, pasted }) => {
    const { key, code } = await pasted(kind);
    await page.goto(foreignSite.publish(code));
    await plays(page);
    await counts(app, key);
  });
}

test('React counts, compiled and rendered', async ({ page, app, foreignSite, pasted }) => {
  const { key, code } = await pasted('react');
  const { outputFiles } = await build({
    stdin: {
      contents: `${code}\nimport { createRoot } from 'react-dom/client';\ncreateRoot(document.querySelector('main')).render(<><Video /></>);`,
      loader: 'jsx',
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const script = (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script');
  await page.goto(foreignSite.publish(`<main></main><script>${script}</script>`));
  await plays(page);
  await counts(app, key);
});

test('Video.js counts: it wraps the element and copies its attributes to the wrapper', async ({
  page,
  app,
  foreignSite,
  pasted,
}) => {
  const { key, code } = await pasted('videojs');
  const wrap = `<script>
    const video = document.querySelector('video');
    const wrapper = document.createElement('div');
    for (const { name, value } of video.attributes) wrapper.setAttribute(name, value);
    video.before(wrapper);
    wrapper.append(video);
  </script>`;
  await page.goto(foreignSite.publish(`${code}${wrap}`));
  await plays(page);
  await counts(app, key);
});

test('hls.js counts: it gives the element a source of its own making', async ({ page, app, foreignSite, pasted }) => {
  const { key, code } = await pasted('hlsjs');
  const hls = `window.Hls = class {
    static isSupported() { return true; }
    loadSource(url) { this.url = url; }
    async attachMedia(video) {
      const clip = await (await fetch('${app}/clip.webm', { mode: 'no-cors' })).blob().catch(() => undefined);
      video.src = clip?.size ? URL.createObjectURL(clip) : '${app}/clip.webm';
      video.dataset.stream = this.url;
    }
  };`;
  await page.route('https://cdn.jsdelivr.net/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: hls }),
  );
  await page.goto(foreignSite.publish(code));
  await expect(page.locator('video')).toHaveAttribute('data-stream', 'https://YOUR-SITE/YOUR-STREAM.m3u8');
  await plays(page);
  await counts(app, key);
});

test('Vimeo counts once, however often it is paused and played', async ({ page, app, foreignSite, pasted }) => {
  const { key, code } = await pasted('vimeo');
  const vimeo = `window.Vimeo = { Player: class {
    constructor(frame) { if (!frame.src.startsWith('https://player.vimeo.com/video/')) throw new Error('no frame'); this.listeners = new Set(); window.play = () => { for (const call of [...this.listeners]) call({}); }; }
    on(name, call) { if (name === 'play') this.listeners.add(call); }
    off(name, call) { if (name === 'play') this.listeners.delete(call); }
    getMuted() { return Promise.resolve(true); }
  } };`;
  await page.route('https://player.vimeo.com/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: vimeo }),
  );
  await page.goto(foreignSite.publish(code));
  await page.evaluate('play(); play(); play()');
  await counts(app, key);
  await countsInAll(page, app, key);
});

test('YouTube counts once, when it plays and not before', async ({ page, app, foreignSite, pasted }) => {
  const { key, code } = await pasted('youtube');
  const api = `window.YT = {
    PlayerState: { PLAYING: 1, PAUSED: 2, BUFFERING: 3 },
    Player: class {
      constructor(id, { events }) {
        if (!document.getElementById(id)?.src.includes('enablejsapi=1')) throw new Error('no frame');
        window.tell = (data) => events.onStateChange({ data, target: this });
      }
      isMuted() { return false; }
    },
  };
  setTimeout(() => window.onYouTubeIframeAPIReady());`;
  await page.route('https://www.youtube.com/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: route.request().url().endsWith('iframe_api') ? api : '' }),
  );
  await page.goto(foreignSite.publish(code));
  await page.waitForFunction('window.tell');
  await page.evaluate('tell(3); tell(1); tell(2); tell(1)');
  await counts(app, key);
  await countsInAll(page, app, key);
});

test('our frame counts for the page it stands in, and the page of the video tells so as it happens', async ({
  page,
  context,
  app,
  foreignSite,
  pasted,
}) => {
  const { key, code } = await pasted('iframe');
  await page.goto(`${app}/videos/${key}`);
  await expect(page.getByText('Waiting for the first view…')).toBeVisible();
  const article = await context.newPage();
  await article.goto(foreignSite.publish(code));
  await article.frameLocator('iframe').getByRole('button', { name: 'play', exact: true }).click();
  await counts(app, key);
  await page.bringToFront();
  await expect(page.getByText(/Received from 127\.0\.0\.1, \d+ s ago/)).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the snippets are chosen by keyboard, fit a phone and pass axe, ${colorScheme}`, async ({
    page,
    app,
    makeVideo,
  }) => {
    const key = await makeVideo('Tide');
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${app}/videos/${key}`);
    const choice = page.getByLabel('Where it plays');
    // What is chosen before the page's script runs is put back by it.
    await expect(async () => {
      await choice.focus();
      await page.keyboard.type('YouTube');
      await expect(choice).toHaveValue('youtube', { timeout: 500 });
    }).toPass();
    await expect(page.locator('figure', { hasText: 'YouTube' })).toContainText(`view('${key}', {`);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Copy YouTube' })).toBeFocused();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const { violations } = await new AxeBuilder({ page }).include('#embed').analyze();
    expect(violations).toEqual([]);
  });
}
