// Who may sign in, and what was done by whom. accounts/ writes all of it, better-auth's tables through better-auth.
import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

const made = () => ({ createdAt: instant('created_at').notNull().defaultNow() });
const kept = () => ({ ...made(), updatedAt: instant('updated_at').notNull().defaultNow() });

export type Role = 'admin' | 'analyst' | 'creator';

export const users = pgTable(
  'users',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** In small letters. */
    email: text('email').notNull().unique(),
    emailVerified: boolean('email_verified').notNull().default(false),
    image: text('image'),
    role: text('role').$type<Role>().notNull().default('creator'),
    twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
    ...kept(),
  },
  (t) => [
    check('users_role_is_known', sql`${t.role} in ('admin', 'analyst', 'creator')`),
    check('users_name_is_short', sql`length(${t.name}) between 1 and 200`),
    check('users_email_is_short', sql`length(${t.email}) between 3 and 320`),
    check('users_email_is_small', sql`${t.email} = lower(${t.email})`),
  ],
);

const userId = () =>
  text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    token: text('token').notNull().unique(),
    userId: userId(),
    expiresAt: instant('expires_at').notNull(),
    /** Always empty: addresses are not stored, of nobody. */
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    ...kept(),
  },
  (t) => [
    index('sessions_by_user').on(t.userId),
    check('sessions_have_no_address', sql`coalesce(${t.ipAddress}, '') = ''`),
  ],
);

/** How a user signs in: a password, as its scrypt hash. The other columns are better-auth's, for providers that are not offered. */
export const credentials = pgTable(
  'credentials',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: userId(),
    password: text('password'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: instant('access_token_expires_at'),
    refreshTokenExpiresAt: instant('refresh_token_expires_at'),
    scope: text('scope'),
    ...kept(),
  },
  (t) => [index('credentials_by_user').on(t.userId)],
);

/** What waits for a second factor, and codes of authenticator apps that were used, for as long as they would be taken again. */
export const verifications = pgTable(
  'verifications',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: instant('expires_at').notNull(),
    ...kept(),
  },
  (t) => [index('verifications_by_identifier').on(t.identifier)],
);

/** Secret and backup codes are encrypted with APP_SECRET. */
export const twoFactors = pgTable(
  'two_factors',
  {
    id: text('id').primaryKey(),
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    userId: userId(),
    verified: boolean('verified').notNull().default(true),
    failedVerificationCount: integer('failed_verification_count').notNull().default(0),
    lockedUntil: instant('locked_until'),
  },
  (t) => [index('two_factors_by_user').on(t.userId)],
);

/** Whose channels a creator sees. */
export const channelMembers = pgTable(
  'channel_members',
  { channelId: bigint('channel_id', { mode: 'number' }).notNull(), userId: userId(), ...made() },
  (t) => [primaryKey({ columns: [t.channelId, t.userId] }), index('channel_members_by_user').on(t.userId)],
);

/** Links that are used once: to set up the first account, to join, to choose a new password. Only the SHA-256 of their token is kept. */
export const accountLinks = pgTable(
  'account_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    purpose: text('purpose', { enum: ['set_up', 'join', 'reset'] }).notNull(),
    /** Of whom was invited; whoever sets up names their own. */
    email: text('email'),
    role: text('role').$type<Role>(),
    channelIds: bigint('channel_ids', { mode: 'number' }).array(),
    /** Whose password is reset. */
    userId: text('user_id').references(() => users.id, { onDelete: 'cascade' }),
    createdBy: text('created_by'),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    ...made(),
  },
  (t) => [
    check('account_links_purpose_is_known', sql`${t.purpose} in ('set_up', 'join', 'reset')`),
    check('account_links_reset_has_user', sql`(${t.purpose} = 'reset') = (${t.userId} is not null)`),
    check('account_links_join_has_role', sql`(${t.purpose} = 'reset') = (${t.role} is null)`),
  ],
);

/** Sign-ins that failed, by the hash of what they are limited by: an account's e-mail, or a client's address. */
export const signInFailures = pgTable('sign_in_failures', {
  subject: text('subject').primaryKey(),
  failures: integer('failures').notNull(),
  since: instant('since').notNull(),
});

/** Every change that people, keys and commands made to what is measured; rows are only added. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull(),
    /** `user:…`, `key:…` or `command`. */
    actor: text('actor').notNull(),
    /** A noun and a verb: `video.move`. */
    action: text('action').notNull(),
    /** What was changed, by the name people know it by: `video:tide`. */
    subject: text('subject').notNull(),
    /** What the change was about as it stood before and after; null where there was nothing, or is nothing any more. */
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
  },
  (t) => [
    index('audit_entries_by_subject').on(t.subject, t.id),
    check('audit_entries_actor_is_known', sql`${t.actor} = 'command' or ${t.actor} ~ '^(user|key):.'`),
    check('audit_entries_action_is_named', sql`${t.action} ~ '^[a-z_]+[.][a-z_]+$'`),
  ],
);
