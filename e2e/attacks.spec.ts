// Requests that no page of ours sends, from whoever writes them and from pages of other sites.
import type { BrowserContext } from '@playwright/test';
import { recordChange } from '#accounts/audit-entries.ts';
import type { Sql } from '#db/client.ts';
import { readSheet } from '#videos/sheet/read-sheet.ts';
import { actionOf, bodyOf, builtActions, call } from './call-action.ts';
import { expect, test } from './with-accounts.ts';

test.use({ world: 'attacks' });

const evil = 'https://evil.example';
const cookieOf = async (context: BrowserContext) => {
  const cookies = await context.cookies();
  return { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
};

async function makeDocks(sql: Sql): Promise<void> {
  await sql`insert into channels (handle, name) values ('docks', 'The docks') on conflict do nothing`;
  await sql`
    insert into videos (key, channel_id, title) select 'crane', id, 'The crane' from channels where handle = 'docks'
    on conflict do nothing`;
  await sql`select pg_notify('boxoffice_videos', 'crane')`;
}

test('no server action is called by a page of another site, whoever is signed in', async ({ app, sql, browserOf }) => {
  const ada = await cookieOf(await browserOf('ada'));
  const forgeries: Record<string, string>[] = [
    { origin: evil },
    { origin: 'null' },
    { origin: evil, 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: app, 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  const actions = await builtActions();
  expect(actions.length).toBeGreaterThan(40);
  for (const action of actions) {
    for (const forgery of forgeries) {
      const answer = await call(app, action, bodyOf(['x', 'x']), { ...ada, ...forgery });
      expect([action.name, forgery, answer.status]).toEqual([action.name, forgery, 403]);
    }
  }
  // What is refused so is done for a page of ours.
  const [create, made] = [await actionOf('createChannel'), bodyOf([{}], { handle: 'forged', name: 'Forged' })];
  await call(app, create, made, { ...ada, origin: evil });
  expect(await sql`select from channels where handle = 'forged'`).toHaveLength(0);
  await call(app, create, made, { ...ada, origin: app, 'sec-fetch-site': 'same-origin' });
  expect(await sql`select from channels where handle = 'forged'`).toHaveLength(1);
});

const lists = [
  '[]',
  '[null,null,null]',
  '["\\u0000","\\u0000","\\u0000"]',
  '[["a"],["b"],["c"]]',
  '[{},{},{}]',
  '[1,true,3]',
];
const unreadable = ['["$Q5"]', '["$n1x"]', '["$h1"]', '["$1:a:b"]', `${'['.repeat(9)}${']'.repeat(9)}`, '["\\ud800"]'];

test('whatever an action is called with, nothing breaks', async ({ app, sql, browserOf, managed }) => {
  await makeDocks(sql);
  const ada = await cookieOf(await browserOf('ada'));
  const nul = { ...{ key: '\0', email: '\0', name: '\0', text: 'key,title\ncrane,\0', do: 'apply', entry: '\0' } };
  const forms = [['docks', {}], ['crane', {}], ['cy', {}], [{}], []].map((args) => bodyOf(args, nul));
  // Those that sign ada out are called with nothing anyway.
  const actions = (await builtActions()).filter(({ name }) => !['signOutHere', 'endOtherSessionsHere'].includes(name));
  for (const action of actions) {
    for (const body of [...lists, ...unreadable, ...forms]) {
      const { status } = await call(app, action, body, { ...ada, origin: app });
      expect([action.name, body, status < 500]).toEqual([action.name, body, true]);
    }
  }
  const create = await actionOf('createChannel');
  for (const id of ['none', `60${'a'.repeat(40)}`]) {
    expect((await call(app, { ...create, id }, '[]', ada)).status).toBeGreaterThanOrEqual(400);
  }
  const parts = [{ $ACTION_REF_1: '', '$ACTION_1:0': 'x' }, { $ACTION_REF_1: '' }, { [`$ACTION_ID_${create.id}`]: '' }];
  for (const fields of parts) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const answer = await fetch(`${app}${create.page}`, { method: 'POST', body, headers: { ...ada, origin: app } });
    expect([fields, Math.floor(answer.status / 100)]).toEqual([fields, 4]);
  }
  // Nor is any of it told as a failure.
  expect(managed.output()).not.toMatch(/"level":[56]0/);
  expect(managed.output()).toMatch(/"level":40,.*no form or action/);
});

test('whatever an address says, nothing breaks', async ({ app, sql, browserOf, managed }) => {
  await makeDocks(sql);
  const { request } = await browserOf('ada');
  const odd = ['%00', '%F0%9F%98%80', '..%2f..%2fetc', 'a'.repeat(3_000), 'constructor', '__proto__'];
  const paths = [
    '/videos/',
    '/channels/',
    '/members/',
    '/watch/',
    '/embed/',
    '/receipts/',
    '/api/views/',
    '/join/',
    '/badge/',
  ];
  const queries = [
    'search=%00',
    'toString=1',
    '__proto__=1',
    'page=-1',
    'page=1e99',
    'from=0000-00-00&to=9999-99-99',
    'of=%00',
    'before=9e99',
  ];
  const pages = [
    '/videos',
    '/videos/crane',
    '/audit-log',
    '/explain',
    '/not-counted',
    '/opening',
    '/proof',
    '/audit-log/export',
  ];
  const all = [
    ...paths.flatMap((path) => odd.map((one) => path + one)),
    ...pages.flatMap((path) => queries.map((one) => `${path}?${one}`)),
  ];
  for (const path of [...all, '/_global-error', '/_error', '/_next/image?url=x&w=1&q=1', '/.env', '/%5cevil.example']) {
    const answer = await request.get(`${app}${path}`, { maxRedirects: 0 });
    expect([path, answer.status() < 500]).toEqual([path, true]);
  }
  expect(managed.output()).not.toMatch(/"level":[56]0/);
});

test('which site may read which answer', async ({ app, sql, browserOf }) => {
  await makeDocks(sql);
  const ada = await cookieOf(await browserOf('ada'));
  const view = JSON.stringify({ video: 'crane' });
  const key = { authorization: 'Bearer bo_0123abcd_none' };
  const asks: [string, string, RequestInit][] = [
    ['any', '/api/views', { method: 'OPTIONS' }],
    ['any', '/api/views', { method: 'POST', body: view }],
    ['any', '/api/views', { method: 'POST', body: '{' }],
    ['any', '/api/views', { method: 'GET' }],
    ['none', '/api/views', { method: 'POST', body: view, headers: key }],
    ['any', '/api/views/019aa8e5-5f3c-7b1a-8a52-3f0f2d9c1e77', {}],
    ['any', '/api/videos/crane/count', {}],
    ['any', '/api/videos/nobody/count', {}],
    ['any', '/badge/crane.svg', {}],
    // Loaded as scripts, media and frames are, which takes no reading.
    ...['/player.js', '/clip.webm', '/embed/crane'].map((path): [string, string, RequestInit] => ['none', path, {}]),
    ['none', '/api/opening-balances', { method: 'OPTIONS' }],
    ['none', '/api/opening-balances', { method: 'GET', headers: key }],
    ['none', '/api/live?video=nobody', {}],
    ['none', '/videos', { method: 'OPTIONS' }],
    ['none', '/sign-in', { method: 'POST', body: new FormData() }],
    ...[
      '/',
      '/videos',
      '/videos/crane',
      '/sign-in',
      '/audit-log/export',
      '/videos/many/export',
      '/livez',
      '/readyz',
      '/metrics',
    ].map((path): [string, string, RequestInit] => ['none', path, {}]),
  ];
  for (const origin of [evil, 'null', app]) {
    for (const [readers, path, init] of asks) {
      const { headers } = await fetch(`${app}${path}`, {
        ...init,
        headers: { ...init.headers, ...ada, origin },
        redirect: 'manual',
      });
      const told = ['access-control-allow-origin', 'access-control-allow-credentials'].map((name) => headers.get(name));
      const what = `${init.method ?? 'GET'} ${path} from ${origin}`;
      expect([what, ...told]).toEqual([what, readers === 'any' ? '*' : null, null]);
    }
  }
});

test('no cell of an export is a formula, and a sheet that is sent back changes nothing', async ({
  app,
  sql,
  browserOf,
}) => {
  const titles = ['=1+1', '+1', '-1', '@sum', '\t=1', '\r=1', "'=1", '=1,2"', '=HYPERLINK("http://evil.example")'];
  await sql`insert into channels (handle, name) values ('cells', '=1+1') on conflict do nothing`;
  for (const [at, title] of titles.entries()) {
    await sql`insert into videos (key, channel_id, title) select ${`-${at}`}, id, ${title} from channels where handle = 'cells'`;
  }
  await sql`update users set name = '=1+1' where id = 'dee'`;
  const author = { actor: 'user:dee', now: new Date() } as const;
  const change = {
    action: 'video.change',
    subject: 'video:-1',
    before: { title: '=1' },
    after: { title: '@x' },
  } as const;
  await sql.begin((tx) => recordChange(tx, author, change));
  const ada = await browserOf('ada');
  const sheet = await (await ada.request.get(`${app}/videos/many/export?channel=cells`)).text();
  const log = await (await ada.request.get(`${app}/audit-log/export`)).text();
  expect(log).toContain("'=1+1");
  for (const text of [sheet, log]) expect(text).not.toMatch(/(^|[,\n])"?[=+\-@\t\r](?!\n)/m);
  // Pages keep no blanks around a title, so two are none that anybody could give.
  expect(readSheet(sheet).rows.map(({ title }) => title)).toEqual(titles.map((title) => title.trim()));
  const headers = { ...(await cookieOf(ada)), origin: app };
  const answer = await call(app, await actionOf('sendSheet'), bodyOf([{}], { text: sheet }), headers);
  expect(await answer.text()).toContain('2 to change, 7 as they are.');
});
