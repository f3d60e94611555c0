import { defineConfig } from '@playwright/test';
import chromium from '@sparticuz/chromium';

// On Linux the browser comes with npm; elsewhere the installed Chrome is used. Of the arguments its package suggests none is
// taken: they turn off the same-origin policy that the player has to live with.
const browser =
  process.platform === 'linux'
    ? {
        executablePath: await chromium.executablePath(),
        args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
      }
    : { channel: 'chrome' };

// These start an app of their own, and run beside those of the app that all others share, which run one after the other.
const withOwnApp = /(accounts|attacks|authorisation|guessing|manage|manage-refused|markup|verdicts)\.spec\.ts$/;

export default defineConfig({
  testDir: './e2e',
  globalSetup: './e2e/global-setup.ts',
  workers: 2,
  // On a busy machine one click of thousands is lost. What fails twice is broken; what passes the second time is named as flaky.
  retries: 1,
  projects: [
    { name: 'shared app', testIgnore: withOwnApp, workers: 1 },
    { name: 'own app', testMatch: withOwnApp, workers: 1 },
  ],
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { browserName: 'chromium', headless: true, launchOptions: browser, video: 'off', trace: 'off' },
});
