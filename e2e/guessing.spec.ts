// Whoever tries passwords and addresses out, on an app behind a proxy that mails and tells the log all it can.
import type { AddressInfo } from 'node:net';
import { test as base, expect } from '@playwright/test';
import { openAuth } from '#accounts/auth.ts';
import { inviteMember } from '#accounts/invitations.ts';
import { mintResetLink } from '#accounts/links.ts';
import { beginSecondFactor, verifyCode } from '#accounts/second-factor.ts';
import { join } from '#accounts/use-link.ts';
import { connect, connectDb, type Sql } from '#db/client.ts';
import { browserWith, password, signedIn } from '#test/accounts.ts';
import { openMailServer } from '#test/mail-server.ts';
import { secret } from '#test/secret.ts';
import { codeFor } from '#test/totp.ts';
import { actionOf, bodyOf, call } from './call-action.ts';
import { type App, makeDatabase, startApp } from './start-app.ts';

const baseUrl = 'http://boxoffice.example';

type World = {
  app: App;
  sql: Sql;
  /** Without a proxy in front. */
  bare: App;
  mailed(): string;
  makeAccount(email: string): Promise<void>;
  /** Gives an account a second factor; a code of it. */
  secondFactorOf(email: string): Promise<string>;
};

const test = base.extend<object, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: playwright reads the names of a fixture's needs from this pattern
    async ({}, use) => {
      const url = await makeDatabase();
      const mail = await openMailServer();
      const { port } = mail.server.address() as AddressInfo;
      const settings = {
        ...{ TRUSTED_PROXIES: '127.0.0.1', BASE_URL: baseUrl, LOG_LEVEL: 'debug' },
        ...{ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'box@example.com' },
      };
      const [app, bare] = await Promise.all([startApp(url, settings), startApp(url)]);
      expect(await app.said(/first one within a day: (\S+)\/join/)).toBe(baseUrl);
      const sql = connect(url, { name: 'e2e', max: 2 });
      const db = connectDb(url, { name: 'e2e-accounts', max: 2, statementTimeoutMs: 10_000 });
      const accounts = { auth: openAuth(db, { secret, url: baseUrl }), sql, secret };
      const makeAccount = async (email: string) => {
        const now = new Date();
        const invited = await inviteMember(sql, { email, role: 'analyst', channels: [] }, { actor: 'command', now });
        if (invited.status !== 'invited') throw new Error(invited.problem);
        await join(accounts, invited.token, { name: email.split('@')[0] ?? '', email, password }, now);
      };
      const secondFactorOf = async (email: string) => {
        const headers = await signedIn(accounts, email, new Date());
        const begun = await beginSecondFactor(accounts, headers, password);
        if (begun.status !== 'begun') throw new Error(`It is ${begun.status}.`);
        await verifyCode(accounts, headers, { code: await codeFor(begun.uri) });
        return begun.backupCodes[0] ?? '';
      };
      await use({ app, bare, sql, mailed: () => mail.received, makeAccount, secondFactorOf });
      await Promise.all([app.stop(), bare.stop()]);
      await Promise.all([sql.end(), db.$client.end()]);
      mail.server.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

type Given = { email: string; password?: string };

async function signIn({ url }: App, given: Given, headers: Record<string, string> = {}): Promise<Response> {
  return call(url, await actionOf('signInHere'), bodyOf([{}], { password: 'not the password', ...given }), headers);
}

const from = (address: string) => ({ 'x-forwarded-for': address });
const isLimited = async (answer: Promise<Response>) => (await (await answer).text()).includes('Too many tries');

/** Has what was tried once so far been tried `failures` times: each try hashes a password. */
async function raiseFailures(sql: Sql, failures: number): Promise<void> {
  await sql`update sign_in_failures set failures = ${failures} where failures = 1`;
}

test.beforeEach(async ({ world: { sql } }) => {
  await sql`truncate sign_in_failures`;
});

test('one account has ten tries, from wherever they come', async ({ world: { app, makeAccount } }) => {
  await makeAccount('ada@example.com');
  const email = 'ada@example.com';
  const here = Array.from({ length: 6 }, () => signIn(app, { email }, from('198.51.100.1')));
  const elsewhere = Array.from({ length: 6 }, (_, n) => signIn(app, { email }, from(`198.51.100.${n + 2}`)));
  const limited = await Promise.all([...here, ...elsewhere].map(isLimited));
  expect(limited.filter(Boolean)).toHaveLength(2);
  expect(await isLimited(signIn(app, { email, password }, from('203.0.113.9')))).toBe(true);
});

test('one address has fifty tries over all accounts; who comes by the proxy is told apart', async ({
  world: { app, sql },
}) => {
  const guess = (n: number, chain: string) => isLimited(signIn(app, { email: `nobody-${n}@example.com` }, from(chain)));
  expect(await guess(1, '198.51.100.66')).toBe(false);
  await raiseFailures(sql, 49);
  expect(await guess(2, '198.51.100.66')).toBe(false);
  // What stands before the address that the proxy added was the client's.
  expect(await guess(3, '192.0.2.67, 198.51.100.66')).toBe(true);
  expect(await guess(4, '198.51.100.66, 198.51.100.67')).toBe(false);
});

test('a client that is no proxy has no tries more by an address that it makes up', async ({ world: { bare, sql } }) => {
  const guess = (n: number) => isLimited(signIn(bare, { email: `nobody-${n}@example.com` }, from(`203.0.113.${n}`)));
  expect(await guess(1)).toBe(false);
  await raiseFailures(sql, 49);
  expect([await guess(2), await guess(3)]).toEqual([false, true]);
});

test('who has an account is told by no answer', async ({ world: { app, makeAccount, mailed } }) => {
  await makeAccount('known@example.com');
  const forgot = await actionOf('askForLink');
  const told = async (answer: Response, email: string) => {
    const headers = [...answer.headers].filter(
      ([name]) => !['date', 'x-request-id', 'content-security-policy'].includes(name),
    );
    return { status: answer.status, headers, body: (await answer.text()).replaceAll(email, 'EMAIL') };
  };
  const [known, unknown] = ['known@example.com', 'nobody@example.com'];
  const signedIn = async (email: string) => told(await signIn(app, { email }, from('198.51.100.30')), email);
  expect(await signedIn(known)).toEqual(await signedIn(unknown));
  // A Host that a browser was made to send, as the proxy passes it on.
  const poisoned = { 'x-forwarded-host': 'evil.example' };
  const asked = async (email: string, address: string) =>
    told(await call(app.url, forgot, bodyOf([{}], { email }), { ...from(address), ...poisoned }), email);
  expect(await asked(known, '198.51.100.31')).toEqual(await asked(unknown, '198.51.100.32'));
  await expect.poll(mailed).toContain('/reset/');
  // Only one of them is written to, and the link leads where BASE_URL says, whatever the request said.
  expect(mailed().match(/RCPT TO/g)).toHaveLength(1);
  expect(mailed().match(/https?:\/\/[^/\s]+/g)).toEqual([baseUrl]);
});

test('a sign-in ends the session that the browser had, by one step and by two', async ({
  world: { app, sql, makeAccount, secondFactorOf },
}) => {
  await makeAccount('one@example.com');
  await makeAccount('two@example.com');
  const signInAsOne = (headers = {}) =>
    signIn(app, { email: 'one@example.com', password }, { ...from('198.51.100.40'), ...headers });
  const cookieOf = (answer: Response) => ({ cookie: browserWith(answer.headers.getSetCookie()).get('cookie') ?? '' });
  const isIn = async (headers: Record<string, string>) =>
    (await fetch(`${app.url}/account`, { headers, redirect: 'manual' })).status;
  const first = cookieOf(await signInAsOne());
  const other = cookieOf(await signInAsOne());
  expect(await isIn(first)).toBe(200);
  const second = cookieOf(await signInAsOne(first));
  expect([await isIn(first), await isIn(second), await isIn(other)]).toEqual([307, 200, 200]);

  const code = await secondFactorOf('two@example.com');
  const half = await signIn(app, { email: 'two@example.com', password }, { ...from('198.51.100.41'), ...second });
  const waiting = cookieOf(half);
  expect([await isIn(second), await isIn(waiting), await isIn(other)]).toEqual([307, 307, 200]);
  const whole = await call(app.url, await actionOf('sendCode'), bodyOf([{}], { code }), {
    ...from('198.51.100.41'),
    ...waiting,
  });
  expect(await isIn(cookieOf(whole))).toBe(200);
  expect(
    await sql`select from sessions s join users u on u.id = s.user_id where u.email = 'one@example.com'`,
  ).toHaveLength(1);
});

test('no secret of a request is in the log, whether it succeeds or fails', async ({
  world: { app, sql, makeAccount },
}) => {
  await makeAccount('planted@example.com');
  const email = 'planted@example.com';
  const token = (await mintResetLink(sql, email, 'command', new Date())) ?? '';
  const planted = {
    wrong: 'planted-wrong-password',
    next: 'planted-next-password',
    key: 'bo_0123abcd_planted-key',
    join: 'planted-join-token',
  };
  const answer = await signIn(app, { email, password }, from('198.51.100.50'));
  const cookie = browserWith(answer.headers.getSetCookie()).get('cookie') ?? '';
  const session = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? '';
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${app.url}${path}`, {
      ...init,
      headers: { cookie, authorization: `Bearer ${planted.key}`, ...init.headers },
      redirect: 'manual',
    });
  const all = async () => {
    await signIn(app, { email, password: planted.wrong }, { ...from('198.51.100.51'), cookie });
    await ask('/api/views', { method: 'POST', body: '{"video":"none"}' });
    await ask('/api/views', { method: 'POST', body: '{' });
    await ask('/api/opening-balances');
    for (const path of [
      `/reset/${token}`,
      `/join/${planted.join}`,
      `/videos?token=${planted.join}`,
      '/metrics',
      '/account',
      '/%zz',
    ])
      await ask(path);
    const reset = await actionOf('resetHere');
    await call(app.url, { ...reset, page: `/reset/${token}` }, bodyOf([token, {}], { password: planted.next }), {
      cookie,
    });
    await call(app.url, reset, '["$Q5"]', { cookie });
  };
  // Each fails in its own way where what it reads is away.
  for (const table of ['sign_in_failures', 'users', 'sessions', 'account_links', 'credentials', 'api_keys']) {
    await sql`alter table ${sql(table)} rename to away`;
    await all();
    await sql`alter table away rename to ${sql(table)}`;
  }
  await all();
  const said = app.output();
  expect(said.match(/"level":50/g)?.length).toBeGreaterThan(6);
  const secrets = [...Object.values(planted), token, session, password, email];
  expect(secrets.filter((one) => one.length < 8 || said.includes(one))).toEqual([]);
});
