// What people do to channels, videos and keys, each as the role that may; the audit log says all of it.
import type { Page } from '@playwright/test';
import { expect, test } from './with-accounts.ts';

test.describe.configure({ mode: 'serial' });
test.use({ world: 'manage' });

const status = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text });

test('an admin makes a channel, says which sites count, and gives it to a creator, by keyboard alone', async ({
  app,
  sql,
  browserOf,
}) => {
  const page = await (await browserOf('ada')).newPage();
  await page.goto(`${app}/channels`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Harbour Films');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Harbour Films');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Handle should be 1 to 63 of a-z 0-9 -')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Harbour Films');
  await page.getByRole('textbox', { name: 'Handle' }).fill('harbour');
  await page.keyboard.press('Enter');
  await expect(status(page, 'The channel is made.')).toBeVisible();

  await page.getByRole('textbox', { name: 'Site' }).fill('example.com/watch');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Site should be like example.com or *.example.com')).toBeVisible();
  await page.getByRole('textbox', { name: 'Site' }).fill('https://WWW.Example.com');
  await page.keyboard.press('Enter');
  await expect(status(page, 'example.com may count from now on.')).toBeVisible();
  const sites = sql`
    select pattern from allowed_origins where channel_id = (select id from channels where handle = 'harbour')`;
  expect(await sites).toEqual([{ pattern: 'example.com' }]);

  await page.getByLabel('Videos that first views may make a day').fill('99999');
  await page.getByRole('button', { name: 'Save what counts' }).press('Enter');
  await expect(page.getByText(/may make a day should be 0, or a number from 1 to 10000/)).toBeVisible();
  await page.getByLabel('Videos that first views may make a day').fill('25');
  await page.keyboard.press('Enter');
  await expect(status(page, 'Saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove example.com' }).press('Enter');
  await expect(status(page, 'First views make videos, which takes a site: set that to 0 first.')).toBeVisible();
  await page.getByLabel('Videos that first views may make a day').fill('0');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Videos that first views may make a day')).toHaveValue('0');

  await page.getByLabel('E-mail').fill('ann@example.com');
  await page.keyboard.press('Enter');
  await expect(page.getByText('E-mail is an admin’s or analyst’s')).toBeVisible();
  await page.getByLabel('E-mail').fill('cy@example.com');
  await page.keyboard.press('Enter');
  await expect(status(page, 'Cy manages it from now on.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove example.com' }).press('Enter');
  await expect(page.getByText('The list is empty')).toBeVisible();
});

test('a creator makes a video, edits it, merges it into another, undoes that, and deletes it', async ({
  app,
  browserOf,
}) => {
  const page = await (await browserOf('cy')).newPage();
  await page.goto(`${app}/videos/new?channel=harbour`);
  for (const [key, title] of [
    ['tide', 'The tide'],
    ['ebb', 'The ebb'],
  ] as const) {
    await page.goto(`${app}/videos/new?channel=harbour`);
    await page.getByRole('textbox', { name: 'Key', exact: true }).fill(key);
    await page.getByRole('textbox', { name: 'Title' }).fill(title);
    await page.getByLabel('Duration').fill('1:30');
    await page.getByRole('button', { name: 'Create the video' }).click();
    await expect(page.getByText('Duration should be a whole number of seconds.')).toBeVisible();
    await page.getByLabel('Duration').fill('90');
    await page.getByLabel('Published').fill('2026-01-31T12:00:00');
    await page.getByRole('button', { name: 'Create the video' }).click();
    await page.waitForURL(`${app}/videos/${key}`);
  }
  await page.goto(`${app}/videos/tide/edit`);
  await expect(page.getByLabel('Published')).toHaveValue(/^2026-01-31T12:00/);
  await page.getByRole('textbox', { name: 'Title' }).fill('High tide');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(status(page, 'Saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(status(page, 'It is so already.')).toBeVisible();

  await page.getByRole('link', { name: 'Merge it into another' }).click();
  await page.getByRole('textbox', { name: 'Key', exact: true }).fill('nobody-made-this');
  await page.keyboard.press('Enter');
  await expect(page.getByText('You manage no video with this key.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Key', exact: true }).fill('ebb');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Merge it into ebb' }).click();
  await expect(status(page, 'tide is merged into this video')).toBeVisible();
  await page.getByRole('button', { name: 'Undo the merge of tide' }).click();
  await expect(page.getByText('was merged into it')).toBeHidden();

  await page.goto(`${app}/videos/tide/delete`);
  await expect(page.getByText('tide has 0 views')).toBeVisible();
  await page.getByRole('textbox', { name: 'Key', exact: true }).fill('ebb');
  await page.getByRole('button', { name: 'Delete it for good' }).click();
  await expect(page.getByText('Key is another')).toBeVisible();
  await page.getByRole('textbox', { name: 'Key', exact: true }).fill('tide');
  await page.getByRole('button', { name: 'Delete it for good' }).click();
  await expect(page.getByRole('heading', { name: 'The video is deleted' })).toBeVisible();
});

test('an admin moves a video to another channel', async ({ app, sql, browserOf }) => {
  await sql`insert into channels (handle, name) values ('quarry', 'Quarry')`;
  const page = await (await browserOf('ada')).newPage();
  await page.goto(`${app}/videos/ebb/edit`);
  await page.getByLabel('To the channel').selectOption('Quarry');
  await page.getByRole('button', { name: 'Move it' }).click();
  await expect(page.getByText('It stands in Quarry.')).toBeVisible();
  await page.getByLabel('To the channel').selectOption('Harbour Films');
  await page.getByRole('button', { name: 'Move it' }).click();
  await expect(page.getByText('It stands in Harbour Films.')).toBeVisible();
});

test('a sheet with a bad line does nothing; a good one is shown, then done, and comes back the same', async ({
  app,
  sql,
  browserOf,
}) => {
  const page = await (await browserOf('cy')).newPage();
  await page.goto(`${app}/videos/many`);
  const show = page.getByRole('button', { name: 'Show what would happen' });
  await page.getByRole('textbox', { name: 'Sheet' }).fill('key,channel,title\nebb,,=1+1\nstone,quarry,Stone\n');
  await show.click();
  await expect(page.getByRole('row', { name: '3 there is no channel quarry, or it is not yours' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Do all of it' })).toBeHidden();
  const good = Buffer.from('key,channel,title,action\nebb,,=1+1,\nflood,harbour,Flood,\n');
  await page
    .getByLabel('File', { exact: true })
    .setInputFiles({ name: 'videos.csv', mimeType: 'text/csv', buffer: good });
  await show.click();
  await expect(page.getByText('1 to create, 1 to change.')).toBeVisible();
  await page.getByRole('button', { name: 'Do all of it' }).click();
  await expect(status(page, 'Done: 1 created, 1 changed.')).toBeVisible();
  expect(await sql`select key, title from videos where removed_at is null order by key`).toEqual([
    { key: 'ebb', title: '=1+1' },
    { key: 'flood', title: 'Flood' },
  ]);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  const file = await download.path();
  expect(download.suggestedFilename()).toBe('videos.csv');
  await page.getByLabel('File', { exact: true }).setInputFiles(file);
  await expect(page.getByRole('textbox', { name: 'Sheet' })).toHaveValue(/ebb,harbour,'=1\+1,90,/);
  await show.click();
  await expect(page.getByText('2 as they are.')).toBeVisible();

  await page.getByRole('textbox', { name: 'Sheet' }).fill('key,action\nflood,delete\n');
  await show.click();
  await page.getByRole('button', { name: 'Do all of it' }).click();
  await expect(status(page, 'Nothing was done: type delete 1 below.')).toBeVisible();
  await page.getByLabel('Type delete 1').fill('delete 1');
  await page.keyboard.press('Enter');
  await expect(status(page, 'Done: 1 deleted.')).toBeVisible();
});

test('a key is shown once, with a line that works, and is revoked', async ({ app, browserOf }) => {
  const page = await (await browserOf('ada')).newPage();
  await page.goto(`${app}/keys`);
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByText('Name should not be empty.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name' }).fill('The platform');
  await page.getByRole('checkbox', { name: 'Harbour Films' }).check();
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(status(page, 'The key of The platform is made.')).toBeVisible();
  const shown = await page.getByRole('region', { name: 'The new key' }).textContent();
  const key = /bo_[0-9a-f]{8}_[\w-]{43}/.exec(shown ?? '')?.[0] ?? '';
  expect(shown).toContain(`Bearer ${key}`);
  const send = async () => {
    const body = JSON.stringify([{ video: 'ebb', viewedAt: new Date().toISOString() }]);
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    return (await fetch(`${app}/api/views`, { method: 'POST', headers, body })).status;
  };
  expect(await send()).toBe(200);
  await page.reload();
  await expect(page.getByRole('row', { name: /The platform bo_/ })).toContainText('harbour');
  expect(await page.content()).not.toContain(key.slice(12));
  await page.getByRole('link', { name: 'Revoke… The platform' }).click();
  await page.getByRole('button', { name: 'Revoke it for good' }).click();
  await expect(page.getByRole('heading', { name: 'The key is revoked' })).toBeVisible();
  await expect.poll(send).toBe(401);
});

test('the audit log says all of it, by whom, and what stood there before', async ({ app, browserOf }) => {
  const page = await (await browserOf('ada')).newPage();
  await page.goto(`${app}/audit-log`);
  const entries = page.getByRole('list', { name: 'Changes' }).getByRole('listitem');
  const actions = (await entries.allTextContents()).map((text) => /(Ada|Cy)(\w+\.\w+)/.exec(text)?.slice(1).join(' '));
  expect(actions.toReversed()).toEqual([
    ...['Ada channel.create', 'Ada channel.change_sites', 'Ada channel.change_counting', 'Ada channel.change_counting'],
    ...['Ada channel.add_member', 'Ada channel.change_sites'],
    ...[
      'Cy video.create',
      'Cy video.create',
      'Cy video.change',
      'Cy video.merge',
      'Cy video.undo_merge',
      'Cy video.delete',
    ],
    ...['Ada video.move', 'Ada video.move', 'Cy video.change', 'Cy video.create', 'Cy video.delete'],
    ...['Ada key.create', 'Ada key.revoke'],
  ]);
  await page.getByLabel('What was done').selectOption('video.change');
  await page.getByLabel('Key, handle or e-mail').fill('TIDE');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText('before: The tide → after: High tide');
  const csv = await (await page.context().request.get(`${app}/audit-log/export?action=video.change`)).text();
  expect(csv.split('\r\n')).toHaveLength(4);
  expect(csv).toContain('Cy,user:cy,video.change,video:tide,"{""title"":""The tide""}","{""title"":""High tide""}"');
});
