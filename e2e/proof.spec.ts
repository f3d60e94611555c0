// From a figure to its proof: the badge, the ledger, a proof on demand, and what runs by itself.
import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { importViews, person } from './import-views.ts';

test('the badge of an overview leads to the ledger, where a day can be proved again', async ({ page, app, makeVideo }, {
  retry,
}) => {
  // A day that nobody else counts, nor an earlier try.
  const day = `2025-05-0${5 + retry}`;
  await importViews(await makeVideo(), [
    [`${day}T12:00:00Z`, person],
    [`${day}T13:00:00Z`, person],
  ]);
  await page.goto(app);
  // The overview moves while others are recorded: a click that meets a panel just as it is replaced goes nowhere.
  await expect(async () => {
    await page
      .getByRole('link', { name: /not proved yet|proved \w+/ })
      .first()
      .click({ timeout: 2_000 });
    await expect(page.getByRole('heading', { name: 'Proof', level: 1 })).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 20_000 });
  await page.getByLabel('From').fill(day);
  await page.getByLabel('to', { exact: true }).fill(day);
  await page.getByRole('button', { name: 'Count the log' }).click();
  await expect(page.getByText('1 of 1 day, 2 views: 0 differences')).toBeVisible();
});

test('the system page lists the tasks and their last runs', async ({ page, app }) => {
  await page.goto(`${app}/system`);
  await expect(page.getByText('Proves the days that are over')).toBeVisible();
  await expect(page.getByText(/Closed \d+ days?/).first()).toBeVisible();
});

for (const path of ['/proof', '/system']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing on ${path}, ${colorScheme}`, async ({ page, app }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${app}${path}`);
      await page.waitForLoadState('networkidle');
      await expectAccessible(page, 'the proof');
    });
  }
}
