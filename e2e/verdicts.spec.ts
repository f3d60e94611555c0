// What whoever manages a channel says afterwards of a flood, and what everybody sees of it.
import type { Page } from '@playwright/test';
import { readZone } from '#db/reporting-zone.ts';
import { mintViewId } from '#ingest/view-id.ts';
import { isoSeconds } from '#reports/calendar.ts';
import { changeVerdict } from '#verdicts/change-verdict.ts';
import { expectAccessible } from './accessible.ts';
import { person as browser } from './import-views.ts';
import { expect, test } from './with-accounts.ts';

test.describe.configure({ mode: 'serial' });
test.use({ world: 'verdicts' });

const minute = 60_000;
// The hour before, so that it is over.
const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;
const from = isoSeconds(hour);
const to = isoSeconds(hour + 3_600_000);

test.beforeAll(async ({ managed: { app, sql } }) => {
  const [channel] = await sql<[{ id: string }]>`
    insert into channels (handle, name) values ('harbour', 'Harbour') returning id::text as id`;
  await sql`insert into channel_members (channel_id, user_id) values (${channel.id}::bigint, 'cy')`;
  await sql`insert into videos (key, channel_id, title) values ('storm', ${channel.id}::bigint, 'The storm')`;
  await sql`select pg_notify('boxoffice_videos', 'storm')`;
  const crawler = 'Googlebot/2.1 (+http://www.google.com/bot.html)';
  for (const [n, userAgent] of [browser, browser, browser, crawler, crawler, crawler, crawler].entries()) {
    await send(app, hour + (10 + n) * minute, userAgent);
  }
});

async function send(app: string, at: number, userAgent: string): Promise<void> {
  await expect(async () => {
    const answer = await fetch(`${app}/api/views`, {
      method: 'POST',
      headers: { origin: 'https://example.com', 'user-agent': userAgent },
      body: JSON.stringify({ id: mintViewId(at), video: 'storm', device: crypto.randomUUID() }),
    });
    expect(await answer.text()).toContain('"counted"');
  }).toPass();
}

function total(page: Page, name: RegExp) {
  return page
    .getByRole('table', { name })
    .getByRole('row', { name: /^Total/ })
    .getByRole('cell');
}

test('an hour of mostly bots is set aside from the video’s page, numbers change live, and come back', async ({
  app,
  browserOf,
}) => {
  const page = await (await browserOf('cy')).newPage();
  const reader = await (await browserOf('ann')).newPage();
  await reader.goto(`${app}/videos/storm?range=24h`);
  await expect(total(reader, /^People, The storm, Last 24 hours/)).toHaveText(['3']);

  await page.goto(`${app}/videos/storm?range=24h`);
  await expect(page.getByText('4 bots set aside, 57 % of 7 views').first()).toBeVisible();
  await page.getByRole('link', { name: /^Set this hour aside/ }).click();
  await page.waitForURL(/\/verdicts\?from=/);
  await expect(page.getByText('It holds 3 people and 4 bots: 3 would be set aside.')).toBeVisible();
  await expect(page.getByText('Say why, above, to go on.')).toBeVisible();
  await page.getByLabel('Why').fill('A script');
  await page.getByRole('button', { name: 'Look what it holds' }).click();
  await page.getByRole('button', { name: 'Set it aside' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Done: 3 views were set aside.' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Changed verdicts' })).toContainText('3 views changed sides, by Cy');

  // Nobody touched this page.
  await expect(total(reader, /^People, The storm, Last 24 hours/)).toHaveText(['0']);
  const row = reader
    .getByRole('table', { name: /^People, The storm/ })
    .getByRole('row', { name: /set aside: A script/ });
  await expect(row.getByRole('cell')).toHaveText(['0']);
  await reader.goto(`${app}/explain?video=storm&unit=hour&from=${from}&to=${to}`);
  await expect(reader.getByText('bot: set aside (A script)').first()).toBeVisible();

  await page.goto(`${app}/videos/storm/verdicts?from=${from}&to=${to}&why=Again`);
  await expect(page.getByRole('button', { name: 'Set it aside' })).toHaveCount(0);
  await expect(page.getByText('Change 1 holds for a part of that time: reverse it first.')).toBeVisible();
  await page.getByRole('link', { name: 'Reverse change 1' }).click();
  await page.getByRole('button', { name: 'Reverse it change 1' }).click();
  await expect(page.getByText('Reversed: its views count as they were recorded again.')).toBeVisible();
  await expect(page.getByText(/reversed by Cy on/)).toBeVisible();
  await reader.goto(`${app}/videos/storm?range=24h`);
  await expect(total(reader, /^People, The storm, Last 24 hours/)).toHaveText(['3']);
});

test('a time that cannot be is told beside its field, and one that is not over is refused', async ({
  app,
  browserOf,
}) => {
  const page = await (await browserOf('cy')).newPage();
  await page.goto(`${app}/videos/storm/verdicts?from=${to}&to=${from}`);
  await expect(page.getByText('To should be later than the beginning.')).toBeVisible();
  await page.goto(`${app}/videos/storm/verdicts?from=${from}&to=2999-01-01T00:00:00Z&why=Early`);
  await page.getByRole('button', { name: 'Set it aside' }).click();
  await expect(
    page.getByText('That time is not over: name an end that has passed. Nothing was changed.'),
  ).toBeVisible();
});

test('a chart shows people, people with bots, or bots; the choice is in the address', async ({ app, browserOf }) => {
  const page = await (await browserOf('ann')).newPage();
  await page.goto(`${app}/videos/storm?range=24h`);
  const choices = page.getByRole('list', { name: 'People and bots' });
  await expect(choices.getByRole('link', { name: 'People', exact: true })).toHaveAttribute('aria-current', 'true');
  await choices.getByRole('link', { name: 'With bots' }).click();
  await expect(page).toHaveURL(/range=24h&bots=with/);
  await expect(total(page, /^People and bots, The storm, Last 24 hours/)).toHaveText(['3', '4']);
  await expect(page.getByText('7 people and bots')).toBeVisible();
  await choices.getByRole('link', { name: 'Bots only' }).click();
  await expect(total(page, /^Bots, The storm, Last 24 hours/)).toHaveText(['4']);
  await page.getByRole('link', { name: '7 days' }).click();
  await expect(page).toHaveURL(/range=7d&bots=only|bots=only&range=7d/);
  await expect(total(page, /^Bots, The storm, Last 7 days/)).toHaveText(['4']);
  await expect(page.getByRole('link', { name: /^Set this/ })).toHaveCount(0);
});

test('who watched: different viewers, those of today, and new ones per day', async ({ app, browserOf }) => {
  const page = await (await browserOf('cy')).newPage();
  for (const address of ['/videos/storm?range=7d', '/channels/harbour?range=7d', '/?range=7d']) {
    await page.goto(`${app}${address}`);
    const panel = page.getByRole('region', { name: 'Unique viewers' });
    await expect(panel.getByText('no earlier data')).toBeVisible();
    await expect(panel.getByText('Unique viewers', { exact: true }).last()).toBeVisible();
    const table = panel.getByRole('table', { name: /^New and returning viewers per day/ });
    const day = new Date(hour).toLocaleDateString('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });
    await expect(table.getByRole('row', { name: new RegExp(`${day},`) }).getByRole('cell')).toHaveText(['3', '0', '3']);
    await expect(panel).toContainText('the days do not sum to the viewers of the range');
  }
});

test('a change that holds is marked on the chart, and told in the audit of changes', async ({
  app,
  sql,
  browserOf,
}) => {
  const author = { actor: 'user:cy', now: new Date() } as const;
  const crowd = { video: 'storm', from: new Date(hour), to: new Date(hour + 3_600_000), verdict: 'bot' } as const;
  const changed = await changeVerdict(sql, { ...crowd, why: 'A script' }, author, await readZone(sql));
  expect(changed).toMatchObject({ status: 'changed', views: 3 });
  const page = await (await browserOf('cy')).newPage();
  await page.goto(`${app}/videos/storm?range=24h&bots=with`);
  await expect(page.getByText('Verdict changed')).toBeVisible();
  const table = page.getByRole('table', { name: /^People and bots, The storm, Last 24 hours/ });
  await expect(table.getByRole('row', { name: /set aside: A script/ }).getByRole('cell')).toHaveText(['0', '7']);
  await page.goto(`${app}/videos/storm?range=24h`);
  await expect(page.getByText('Only bots in this range.')).toBeVisible();
  const admin = await (await browserOf('ada')).newPage();
  await admin.goto(`${app}/audit-log?subject=video:storm`);
  const entries = admin.getByRole('list', { name: 'Changes' }).getByRole('listitem');
  await expect(entries.first()).toContainText(/Cy.*video\.set_aside.*A script/s);
  await expect(entries.nth(1)).toContainText(/Cy.*video\.reverse_verdict.*A script/s);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the pages are accessible on a wide screen and a phone, ${colorScheme}`, async ({ app, browserOf }) => {
    const page = await (await browserOf('cy')).newPage();
    await page.emulateMedia({ colorScheme });
    const pages = [
      `/videos/storm/verdicts?from=${from}&to=${to}&why=A+script&reverse=2`,
      '/videos/storm?range=24h&bots=with',
      '/?range=7d',
    ];
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      for (const [n, address] of pages.entries()) {
        await page.goto(`${app}${address}`);
        await expect(page.getByText('Loading')).toHaveCount(0);
        await expectAccessible(page, `${address} ${width} ${colorScheme}`);
        const folder = process.env.BOXOFFICE_SCREENSHOTS;
        if (folder)
          await page.screenshot({ path: `${folder}/verdicts-${n}-${width}-${colorScheme}.png`, fullPage: true });
      }
    }
  });
}

test('of two channels of a creator there is no number of viewers together: each tells its own', async ({
  app,
  sql,
  browserOf,
}) => {
  await sql`
    with made as (insert into channels (handle, name) values ('quarry', 'Quarry') returning id)
    insert into channel_members (channel_id, user_id) select id, 'cy' from made`;
  const page = await (await browserOf('cy')).newPage();
  await page.goto(`${app}/?range=7d`);
  const panel = page.getByRole('region', { name: 'Unique viewers' });
  await expect(panel.getByText(/Viewers are told per channel/)).toBeVisible();
  await panel.getByRole('link', { name: 'Harbour' }).click();
  await expect(page.getByRole('heading', { name: 'Harbour', level: 1 })).toBeVisible();
});
