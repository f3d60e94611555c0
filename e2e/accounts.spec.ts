// From the printed link to a creator who sees what was watched on another site, and to one who was removed.
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, password, signInAs, test } from './accounts-app.ts';
import { useSecondFactor } from './use-second-factor.ts';

const statusOf = async (page: Page, address: string) => (await page.goto(address))?.status();

test('set up, invite, accept, second factor, watched elsewhere, seen here', async ({
  page,
  browser,
  app,
  setUpLink,
  makeVideo,
  foreignSite,
}) => {
  const key = await makeVideo('Harbour at dawn');
  await page.goto(app);
  await expect(page.getByText('Nobody has an account yet')).toBeVisible();
  await page.goto(setUpLink);
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel('Password').fill('too short');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByText('Choose a password of 12 characters or more')).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue('Ada');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByRole('link', { name: 'Account' })).toBeVisible();

  await page.getByRole('link', { name: 'Members' }).click();
  await page.getByLabel('E-mail').fill('cy@example.com');
  await page.getByLabel(`Channel ${key}`).check();
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(page.getByText('cy@example.com is invited')).toBeVisible();
  const link = (await page.getByRole('figure', { name: /^Link/ }).locator('pre').textContent()) ?? '';
  await expect(page.getByText(`Creator of ${key}`)).toBeVisible();

  const creator = await (await browser.newContext()).newPage();
  await creator.goto(link);
  await expect(creator.getByLabel('E-mail')).toHaveValue('cy@example.com');
  await expect(
    creator.getByText(`You are invited as a creator. You will see and manage Channel ${key}.`),
  ).toBeVisible();
  await creator.getByLabel('Name').fill('Cy');
  await creator.getByLabel('Password').fill(password);
  await creator.getByRole('button', { name: 'Make the account' }).click();
  await expect(creator.getByRole('link', { name: 'Account' })).toBeVisible();
  expect(await statusOf(creator, link)).toBe(200);
  expect(creator.url()).toBe(`${app}/`);
  await useSecondFactor(creator, app);
  await page.goto(`${app}/audit-log?subject=cy%40example.com`);
  await expect(page.getByRole('list', { name: 'Changes' })).toContainText('account.begin_second_factor');

  await expect(creator.getByRole('link', { name: 'Members' })).toHaveCount(0);
  for (const path of ['/members', '/system', '/retention', '/proof']) {
    expect([path, await statusOf(creator, `${app}${path}`)]).toEqual([path, 404]);
  }

  await creator.goto(`${app}/videos/${key}`);
  const viewer = await (await browser.newContext()).newPage();
  await viewer.goto(
    foreignSite.publish(
      `<script async src="${app}/player.js"></script>
      <video data-boxoffice="${key}" src="${app}/clip.webm" muted autoplay controls></video>`,
    ),
  );
  await expect(creator.getByRole('status').filter({ hasText: 'Received from 127.0.0.1' })).toBeVisible();
  await expect(
    creator.getByRole('table', { name: /last 60 minutes/ }).getByRole('row', { name: /^Total/ }),
  ).toContainText('1');
});

test('a wrong password is refused in the same words as an unknown e-mail', async ({ page, app, makeAccount }) => {
  await makeAccount('refused@example.com', 'analyst');
  for (const email of ['refused@example.com', 'nobody@example.com']) {
    await page.goto(`${app}/sign-in`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('E-mail and password do not belong together')).toBeVisible();
  }
});

test('whoever finds a browser that was left open does not find the password out', async ({
  page,
  app,
  makeAccount,
}) => {
  await makeAccount('left@example.com', 'analyst');
  await signInAs(page, app, 'left@example.com');
  await page.goto(`${app}/account`);
  const panel = page.getByRole('region', { name: 'Password' });
  const guess = async (now: string, next: string, said: string) => {
    await panel.getByLabel('Password now').fill(now);
    await panel.getByLabel('New password').fill(next);
    await panel.getByRole('button', { name: 'Change the password' }).click();
    await expect(panel.getByText(said)).toBeVisible();
    await page.reload();
  };
  for (let tries = 0; tries < 9; tries++) await guess(`guess ${tries}`, 'another horse battery', 'This is not your');
  // A new password that is none gives no try of the old one back, nor does one that is longer than any.
  await guess('guess', 'short', 'Choose a password of 12 characters or more');
  await guess('g'.repeat(200), 'another horse battery', 'This is not your password.');
  await guess('guess', 'another horse battery', 'Too many tries.');
});

test('no sign-in leads to another site', async ({ page, app, makeAccount }) => {
  await makeAccount('led@example.com', 'analyst');
  await page.goto(`${app}/sign-in?next=${encodeURIComponent('//evil.example/')}`);
  await page.getByLabel('E-mail').fill('led@example.com');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${app}/`);
});

test('the page after a sign-in is drawn for the address that the reader asked for', async ({
  page,
  app,
  makeVideo,
  makeAccount,
}) => {
  const key = await makeVideo('Slack water');
  await makeAccount('named@example.com', 'analyst');
  const named = app.replace('127.0.0.1', 'localhost');
  await page.goto(`${named}/sign-in?next=${encodeURIComponent(`/videos/${key}`)}`);
  await page.getByLabel('E-mail').fill('named@example.com');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${named}/videos/${key}`);
  await expect(page.getByText(`${named}/player.js`).first()).toBeVisible();
});

test('a removed member is out at once, also on a page that is open', async ({
  page,
  browser,
  app,
  makeVideo,
  makeAccount,
}) => {
  const key = await makeVideo('Ebb');
  await makeAccount('boss@example.com', 'admin');
  await makeAccount('gone@example.com', 'creator', [key]);
  const member = await (await browser.newContext()).newPage();
  await signInAs(member, app, 'gone@example.com');
  await member.goto(`${app}/videos/${key}`);
  await expect(member.getByRole('heading', { name: 'Ebb' })).toBeVisible();
  await signInAs(page, app, 'boss@example.com');
  await page.goto(`${app}/members`);
  await page.getByRole('link', { name: 'gone', exact: true }).click();
  await page.getByText('Remove the account of gone').click();
  const ended = member.waitForResponse((answer) => answer.url().includes('/api/live') && answer.status() === 404);
  await page.getByRole('button', { name: 'Remove the account' }).click();
  await page.waitForURL(`${app}/members`);
  await expect(page.getByText('gone@example.com')).toHaveCount(0);
  // Its stream ended, and the browser's next try is refused.
  await ended;
  await expect(member).toHaveURL(/\/sign-in\?next=/);
});

test('a reset link that an admin hands over changes the password, and signs out everywhere', async ({
  page,
  browser,
  app,
  makeAccount,
}) => {
  await makeAccount('chief@example.com', 'admin');
  await makeAccount('lost@example.com', 'analyst');
  const member = await (await browser.newContext()).newPage();
  await signInAs(member, app, 'lost@example.com');
  await signInAs(page, app, 'chief@example.com');
  await page.goto(`${app}/members`);
  await page.getByRole('link', { name: 'lost', exact: true }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = (await page.getByRole('figure', { name: /^Link/ }).locator('pre').textContent()) ?? '';
  const anew = await (await browser.newContext()).newPage();
  await anew.goto(link);
  await anew.getByLabel('New password').fill('another horse battery');
  await anew.getByRole('button', { name: 'Change the password' }).click();
  await expect(anew.getByText('Your password is changed')).toBeVisible();
  await anew.goto(link);
  await expect(anew.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
  await member.goto(app);
  await expect(member).toHaveURL(/\/sign-in/);
});

test('the keyboard alone invites somebody', async ({ page, app, makeAccount, makeVideo }) => {
  await makeVideo('Flood');
  await makeAccount('keys@example.com', 'admin');
  await page.goto(`${app}/sign-in`);
  await page.getByLabel('E-mail').focus();
  await page.keyboard.type('keys@example.com');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${app}/`);
  await page.goto(`${app}/members`);
  await page.getByLabel('E-mail').focus();
  await page.keyboard.type('new@example.com');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('Analyst')).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(page.getByText('new@example.com is invited')).toBeVisible();
  await page.getByRole('button', { name: 'Withdraw the invitation of new@example.com' }).press('Enter');
  await expect(page.getByText('the link works until')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`each page fits a phone, and axe finds nothing, ${colorScheme}`, async ({ browser, app, sql, makeAccount }) => {
    const email = `axe-${colorScheme}@example.com`;
    await makeAccount(email, 'admin');
    const context = await browser.newContext({ colorScheme, viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const look = async (address: string) => {
      await page.goto(`${app}${address}`);
      await page.waitForLoadState('networkidle');
      await expectAccessible(page, address);
    };
    for (const address of ['/sign-in', '/sign-in/code', '/forgot', '/join/none', '/reset/none']) await look(address);
    await signInAs(page, app, email);
    const [member] = await sql<[{ id: string }]>`select id from users where email = ${email}`;
    for (const address of ['/account', '/members', `/members/${member.id}`, '/more']) await look(address);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'More' }).click();
    await page.getByRole('link', { name: 'Members' }).last().click();
    await expect(page.getByRole('heading', { name: 'Members' })).toBeVisible();
    await context.close();
  });
}
