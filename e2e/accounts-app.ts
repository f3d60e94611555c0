// An app of its own for tests with accounts, so that the shared one stays without: on a database of its own in the same cluster.
import type { Page } from '@playwright/test';
import { openAuth } from '#accounts/auth.ts';
import { inviteMember } from '#accounts/invitations.ts';
import { join } from '#accounts/use-link.ts';
import { connect, connectDb } from '#db/client.ts';
import type { Role } from '#db/schema.ts';
import { password } from '#test/accounts.ts';
import { secret } from '#test/secret.ts';
import { test as base } from './fixtures.ts';
import { makeDatabase, startApp } from './start-app.ts';

export { expect } from '@playwright/test';

export { password };

type App = { url: string; databaseUrl: string; setUpLink: string };

type Fixtures = {
  /** The link that the app printed when it started. */
  setUpLink: string;
  /** Makes an account without the pages; `channels` are handles, which makeVideo makes alike its keys. */
  makeAccount(email: string, role: Role, channels?: string[]): Promise<void>;
};

/** As in fixtures.ts, with `app` and `sql` of an installation that nobody has an account on yet. */
export const test = base.extend<Fixtures, { accountsApp: App }>({
  accountsApp: [
    // biome-ignore lint/correctness/noEmptyPattern: playwright reads the names of a fixture's needs from this pattern
    async ({}, use) => {
      const databaseUrl = await makeDatabase();
      const app = await startApp(databaseUrl);
      const setUpLink = await app.said(/(http:\/\/[\d.:]+\/join\/[\w-]+)/);
      await use({ url: app.url, databaseUrl, setUpLink });
      await app.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  app: async ({ accountsApp }, use) => use(accountsApp.url),
  setUpLink: async ({ accountsApp }, use) => use(accountsApp.setUpLink),
  sql: async ({ accountsApp }, use) => {
    const sql = connect(accountsApp.databaseUrl, { name: 'e2e', max: 2 });
    await use(sql);
    await sql.end();
  },
  makeAccount: async ({ accountsApp, sql }, use) => {
    const db = connectDb(accountsApp.databaseUrl, { name: 'e2e-accounts', max: 2, statementTimeoutMs: 10_000 });
    const accounts = { auth: openAuth(db, { secret, url: accountsApp.url }), sql, secret };
    await use(async (email, role, channels = []) => {
      const now = new Date();
      const invited = await inviteMember(sql, { email, role, channels }, { actor: 'command', now });
      if (invited.status !== 'invited') throw new Error(invited.problem);
      const [name = ''] = email.split('@');
      await join(accounts, invited.token, { name, email, password }, now);
    });
    await db.$client.end();
  },
});

/** Signs in by the page, and waits for where it leads. */
export async function signInAs(page: Page, app: string, email: string): Promise<void> {
  await page.goto(`${app}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${app}/`);
}
