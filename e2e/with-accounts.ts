// An app of its own whose dashboards need an account, and browsers that are signed in: sessions are put into its database, so that no
// password is hashed.
import { createHmac, randomBytes } from 'node:crypto';
import { type BrowserContext, test as base } from '@playwright/test';
import { hashPassword } from 'better-auth/crypto';
import { connect, type Sql } from '#db/client.ts';
import { password } from '#test/accounts.ts';
import { secret } from '#test/secret.ts';
import { makeDatabase, startApp } from './start-app.ts';

export { expect } from '@playwright/test';

export type Person = 'ada' | 'cy' | 'dee' | 'ann';

/** Ada is admin, Cy and Dee are creators, Ann is analyst. */
const roles: Record<Person, string> = { ada: 'admin', cy: 'creator', dee: 'creator', ann: 'analyst' };

type Managed = {
  app: string;
  databaseUrl: string;
  sql: Sql;
  /** All that the app has put out. */
  output(): string;
};
type Fixtures = {
  app: string;
  sql: Sql;
  databaseUrl: string;
  /** A browser in which somebody is signed in. */
  browserOf(who: Person): Promise<BrowserContext>;
};

export const test = base.extend<Fixtures, { managed: Managed; world: string }>({
  // Files that name one of their own get an app of their own.
  world: ['shared', { option: true, scope: 'worker' }],

  managed: [
    // biome-ignore lint/correctness/noEmptyPattern: playwright reads the names of a fixture's needs from this pattern
    async ({}, use) => {
      const url = await makeDatabase();
      const app = await startApp(url);
      const sql = connect(url, { name: 'e2e', max: 2 });
      const hash = await hashPassword(password);
      for (const [who, role] of Object.entries(roles)) {
        await sql`
          insert into users (id, name, email, role)
          values (${who}, ${`${who[0]?.toUpperCase()}${who.slice(1)}`}, ${`${who}@example.com`}, ${role})`;
        await sql`
          insert into credentials (id, account_id, provider_id, user_id, password)
          values (${who}, ${who}, 'credential', ${who}, ${hash})`;
      }
      await use({ app: app.url, databaseUrl: url, sql, output: app.output });
      await sql.end();
      await app.stop();
    },
    { scope: 'worker' },
  ],

  app: async ({ managed }, use) => use(managed.app),
  sql: async ({ managed }, use) => use(managed.sql),
  databaseUrl: async ({ managed }, use) => use(managed.databaseUrl),

  browserOf: async ({ browser, managed: { app, sql } }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (who) => {
      const context = await browser.newContext();
      opened.push(context);
      await context.addCookies([{ name: sessionCookie, value: await sessionOf(sql, who), url: app }]);
      return context;
    });
    for (const context of opened) await context.close();
  },
});

export const sessionCookie = 'boxoffice.session_token';

/** The cookie of a new session, as better-auth signs it; `lasts` from now on, in Postgres' words. */
export async function sessionOf(sql: Sql, who: Person, lasts = '1 day'): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await sql`
    insert into sessions (id, token, user_id, expires_at)
    values (${token}, ${token}, ${who}, now() + ${lasts}::text::interval)`;
  return encodeURIComponent(`${token}.${createHmac('sha256', secret).update(token).digest('base64')}`);
}
