// Passwords, sessions and second factors by better-auth, over our own tables. It serves no routes: whoever signs in, joins or changes
// something comes through the functions of this folder.
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { twoFactor } from 'better-auth/plugins';
import type { Db } from '#db/client.ts';
import { credentials, sessions, twoFactors, users, verifications } from '#db/schema.ts';
import { passwordLength } from './password.ts';

export type AuthOptions = {
  /** Signs cookies and encrypts second factors; 32 characters or more. */
  secret: string;
  /** Where browsers reach the server. With https its cookies are sent over nothing else. */
  url: string;
};

export type Auth = ReturnType<typeof openAuth>;

const daySeconds = 86_400;

export function openAuth(db: Db, { secret, url }: AuthOptions) {
  return betterAuth({
    appName: 'Boxoffice',
    baseURL: url,
    secret,
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: {
        user: users,
        session: sessions,
        account: credentials,
        verification: verifications,
        twoFactor: twoFactors,
      },
      transaction: true,
    }),
    emailAndPassword: {
      enabled: true,
      // Accounts are made by links (links.ts).
      disableSignUp: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
    },
    user: { additionalFields: { role: { type: 'string', input: false } } },
    session: { expiresIn: 30 * daySeconds, updateAge: daySeconds, cookieCache: { enabled: false } },
    advanced: {
      cookiePrefix: 'boxoffice',
      useSecureCookies: url.startsWith('https:'),
      ipAddress: { disableIpTracking: true },
    },
    // By account and by address, in the database, for all processes together (sign-in-limit.ts).
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [twoFactor({ issuer: 'Boxoffice' })],
  });
}
