// Pages for managing as those see them who may not, and on a phone.
import { recordChange } from '#accounts/audit-entries.ts';
import { createKey } from '#accounts/create-key.ts';
import type { Sql } from '#db/client.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './with-accounts.ts';

let made = 0;

/** A channel of Cy's with a video, a site, a key and entries in the audit log. */
async function makeOwn(sql: Sql): Promise<{ channel: string; video: string }> {
  made += 1;
  const [channel, video] = [`docks-${made}`, `crane-${made}`];
  const [row] = await sql<
    [{ id: string }]
  >`insert into channels (handle, name) values (${channel}, 'The docks') returning id`;
  await sql`insert into channel_members (channel_id, user_id) values (${row.id}, 'cy')`;
  await sql`insert into allowed_origins (channel_id, pattern) values (${row.id}, 'example.com')`;
  await sql`insert into videos (key, channel_id, title) values (${video}, ${row.id}, 'The crane')`;
  const author = { actor: 'user:cy', now: new Date('2026-03-10T12:00:00Z') } as const;
  const [before, after] = [
    { title: 'Crane', durationSeconds: null },
    { title: 'The crane', durationSeconds: 90 },
  ];
  await sql.begin((tx) =>
    recordChange(tx, author, { action: 'video.change', subject: `video:${video}`, before, after }),
  );
  await createKey(sql, { name: 'The platform', scopes: ['views:write'], channelIds: null, expiresAt: null }, author);
  return { channel, video };
}

test('what is not theirs is not there for creators, and a call that was copied from its owner does nothing', async ({
  app,
  sql,
  browserOf,
}) => {
  const { channel, video } = await makeOwn(sql);
  const owner = await (await browserOf('cy')).newPage();
  await owner.goto(`${app}/channels/${channel}/settings`);
  await expect(owner.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await expect(owner.getByRole('button', { name: 'Add the creator' })).toBeHidden();
  const name = owner.getByRole('region', { name: 'Name' });
  const posted = owner.waitForRequest((request) => request.method() === 'POST');
  await name.getByLabel('Name').fill('Taken');
  await name.getByRole('button', { name: 'Save' }).click();
  const call = await posted;
  await expect(name.getByRole('status')).toHaveText('Saved.');
  await sql`update channels set name = 'The docks' where handle = ${channel}`;

  const other = await browserOf('dee');
  // With the cookie of whoever sends it.
  const { cookie: _, ...headers } = await call.allHeaders();
  const replayed = await other.request.post(call.url(), {
    headers,
    data: call.postDataBuffer() ?? '',
  });
  expect(replayed.status()).toBe(404);
  expect(await sql`select name from channels where handle = ${channel}`).toEqual([{ name: 'The docks' }]);
  const ofVideo = ['edit', 'delete', 'merge'].map((page) => `/videos/${video}/${page}`);
  const pages = [`/channels/${channel}/settings`, ...ofVideo, '/videos/new'];
  for (const path of [
    ...pages,
    '/videos/many',
    `/videos/many/export?channel=${channel}`,
    '/keys',
    '/audit-log',
    '/audit-log/export',
  ]) {
    expect([path, (await other.request.get(`${app}${path}`)).status()]).toEqual([path, 404]);
  }
  const analyst = await browserOf('ann');
  expect((await analyst.request.get(`${app}/channels`)).status()).toBe(200);
  for (const path of [...pages, '/keys', '/audit-log']) {
    expect([path, (await analyst.request.get(`${app}${path}`)).status()]).toEqual([path, 404]);
  }
});

test('commands and settings of the server are for admins; creators read whom to ask, and what to do next', async ({
  app,
  sql,
  browserOf,
}) => {
  await sql`insert into channels (handle, name) values ('empty-pier', 'The empty pier')`;
  await sql`
    insert into channel_members (channel_id, user_id) select id, 'dee' from channels where handle = 'empty-pier'`;
  const [admin, creator] = [await (await browserOf('ada')).newPage(), await (await browserOf('dee')).newPage()];
  for (const path of ['/not-counted', '/opening', '/videos/many']) {
    await admin.goto(`${app}${path}`);
    await expect(admin.getByRole('main')).toContainText('npm run');
    await creator.goto(`${app}${path}`);
    await expect(creator.getByRole('main')).toContainText(/ask an admin/i);
    await expect(creator.getByRole('main')).not.toContainText(/npm run|[A-Z]+_[A-Z]+/);
  }
  await creator.goto(`${app}/videos`);
  await expect(creator.getByText('There are no videos yet.')).toBeVisible();
  await creator.getByRole('link', { name: 'Make a new video' }).click();
  await expect(creator.getByRole('heading', { name: 'New video' })).toBeVisible();
  const analyst = await (await browserOf('ann')).newPage();
  await analyst.goto(`${app}/channels/empty-pier`);
  await expect(analyst.getByText('A channel’s creators and admins make its videos.')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`pages for managing stand on a phone, and axe finds nothing, ${colorScheme}`, async ({
    app,
    sql,
    browserOf,
  }) => {
    const { channel, video } = await makeOwn(sql);
    const other = await makeOwn(sql);
    await sql`update videos set removed_at = now() where key = ${other.video}`;
    const context = await browserOf('ada');
    const page = await context.newPage();
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    const videos = [
      '/videos/new',
      '/videos/many',
      '/videos/ebb/edit',
      '/videos/ebb/merge?into=flood',
      '/videos/ebb/delete',
    ];
    const rest = [
      `/videos/${other.video}/delete`,
      '/keys',
      '/audit-log',
      '/videos',
      `/videos/${video}`,
      `/channels/${channel}`,
    ];
    for (const address of ['/channels', `/channels/${channel}/settings`, ...videos, ...rest]) {
      await page.goto(`${app}${address}`);
      await page.waitForLoadState('load');
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      await expectAccessible(page, address);
    }
  });
}
