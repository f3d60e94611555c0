// Markup in everything that somebody may write: shown as it was written, wherever it is shown.
import { recordChange } from '#accounts/audit-entries.ts';
import { createKey } from '#accounts/create-key.ts';
import { changeCounting } from '#channels/change-counting.ts';
import { addOrigin } from '#channels/change-origins.ts';
import { enterBalances } from '#opening/enter-balances.ts';
import { hostile, watchPolicy } from './watch-policy.ts';
import { expect, test } from './with-accounts.ts';

test.use({ world: 'markup' });

const site = 'https://shop.example';

test('markup is text in titles, names, keys, sources of counts, referrers, origins and what was changed', async ({
  app,
  sql,
  browserOf,
}) => {
  // What a key, a handle and a site may be made of is checked where they come in: these have the oddest of it.
  const [key, handle, odd] = ['~.-_onerror', 'script-alert', `javascript:alert(1)//${hostile}`];
  const author = { actor: 'user:ada', now: new Date() } as const;
  const [channel] = await sql<[{ id: string }]>`
    insert into channels (handle, name) values (${handle}, ${hostile}) returning id`;
  await addOrigin(sql, handle, 'shop.example', author);
  await changeCounting(sql, handle, { firstViewVideosPerDay: 9, leavesOutMembers: true }, author);
  await sql`insert into videos (key, channel_id, title) values (${key}, ${channel.id}, ${hostile})`;
  await sql`insert into channel_members (channel_id, user_id) values (${channel.id}, 'cy')`;
  await sql`update users set name = ${hostile} where id in ('ada', 'cy')`;
  await sql`select pg_notify('boxoffice_videos', ${key})`;
  await createKey(sql, { name: hostile, scopes: ['views:write'], channelIds: null, expiresAt: null }, author);
  const today = author.now.toISOString().slice(0, 10);
  const balance = { video: key, views: 7, day: undefined, source: hostile.slice(0, 100) };
  expect(await enterBalances(sql, [balance], { whose: null, author, today })).toMatchObject({ status: 'entered' });
  const change = {
    action: 'video.change',
    subject: `video:${key}`,
    before: { title: hostile },
    after: { [hostile]: odd },
  } as const;
  await sql.begin((tx) => recordChange(tx, author, change));
  const view = (body: object, origin: string) =>
    fetch(`${app}/api/views`, {
      method: 'POST',
      headers: { origin, 'user-agent': `Mozilla/5.0 ${odd}` },
      body: JSON.stringify(body),
    });
  const shown = { page: `${site}/?${hostile}`, referrer: odd, title: hostile };
  await expect
    .poll(async () => (await (await view({ video: 'first-seen', ...shown }, site)).json()).status)
    .toBe('counted');
  await view({ video: key, ...shown }, site);
  for (const origin of [odd, `https://<b>${hostile}`, 'https://other.example'])
    await view({ video: key, ...shown }, origin);

  const page = await (await browserOf('ada')).newPage();
  const stopped = await watchPolicy(page);
  const ofVideo = ['', '/edit', '/delete', '/merge?into=first-seen', '/opening'].map((rest) => `/videos/${key}${rest}`);
  const ofChannel = ['', '/settings'].map((rest) => `/channels/${handle}${rest}`);
  const queries = [
    `/videos?search=${encodeURIComponent(hostile)}`,
    `/audit-log?subject=${encodeURIComponent(hostile)}`,
  ];
  const [made] = await sql<[{ prefix: string }]>`select prefix from api_keys`;
  const rest = [
    '/',
    '/videos',
    '/videos/first-seen',
    '/videos/new',
    '/videos/many',
    '/channels',
    '/members',
    '/members/cy',
    '/account',
    '/keys',
  ];
  const more = [
    `/keys/${made.prefix}/revoke`,
    '/audit-log',
    '/opening',
    '/not-counted',
    `/watch/${key}`,
    `/embed/${key}`,
  ];
  for (const address of [...ofVideo, ...ofChannel, ...queries, ...rest, ...more]) {
    const answer = await page.goto(`${app}${address}`);
    expect([address, answer?.status()]).toEqual([address, 200]);
    await page.waitForLoadState('load');
    if (!address.startsWith('/embed/')) await expect(page.locator('html')).toHaveAttribute('data-theme', /light|dark/);
    expect([address, stopped]).toEqual([address, []]);
    expect([address, await page.title()]).toEqual([address, expect.not.stringMatching(/^taken$/)]);
    expect([address, await page.locator('img[src="x"], [href^="javascript:" i], [onerror]').count()]).toEqual([
      address,
      0,
    ]);
  }
  for (const address of ['/members', '/keys', '/audit-log', '/videos', '/channels', '/opening', `/videos/first-seen`]) {
    await page.goto(`${app}${address}`);
    await expect(page.getByText('<img src=x onerror=').filter({ visible: true }).first()).toBeVisible();
  }
  await page.goto(`${app}/not-counted`);
  await expect(page.getByText('other.example').first()).toBeVisible();
});
