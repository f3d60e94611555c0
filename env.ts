// The only reader of process.env. Every problem is reported at once, by the variable's name.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { leastLogDays } from '#rollups/retention-policies.ts';

const roles = ['web', 'ingest', 'rollup'] as const;

const variables = z.object({
  DATABASE_URL: z
    .string()
    .refine(isPercentEncoded, 'should have @ / ? # and % in user and password written as %40 %2F %3F %23 and %25')
    .pipe(z.url({ protocol: /^postgres(ql)?$/, error: 'should look like postgres://user:password@host:5432/name' }))
    .optional(),
  DATA_DIR: z.string().default('.data'),
  APP_SECRET: z
    .string()
    .min(32, 'should be a secret of 32 characters or more, such as openssl rand -hex 32 prints')
    .refine((secret) => new Set(secret).size > 7, 'is too easy to guess; take what openssl rand -hex 32 prints')
    .optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber('3000', 0, 65_535),
  BASE_URL: z
    .url({ protocol: /^https?$/, error: 'should look like https://boxoffice.example.com' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'should look like smtps://user:password@mail.example.com:465' })
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/, 'should look like Boxoffice <boxoffice@example.com>')
    .optional(),
  BOXOFFICE_OPEN: z.enum(['0', '1'], { error: 'should be 1 or 0' }).default('0'),
  ROLES: z
    .string()
    .default(roles.join(','))
    .transform((text) => text.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(roles, { error: `should be a comma-separated list out of ${roles.join(', ')}` })).min(1)),
  TIME_ZONE: z.string().refine(isTimeZone, 'should be a zone of the IANA database, such as Europe/Berlin').optional(),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    ),
  RATE_LIMIT: wholeNumber('500', 0, 1_000_000),
  ROLLUP_INTERVAL_MS: wholeNumber('1000', 50, 60_000),
  LOG_DAYS: wholeNumber('90', leastLogDays, 36_500),
  ARCHIVE_DIR: z
    .string()
    .transform((folder) => path.resolve(folder))
    .optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'should be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
});

const settings = variables.superRefine((given, context) => {
  if (given.SMTP_URL === undefined) return;
  const needed = [
    ['MAIL_FROM', 'is missing; SMTP_URL needs the address that mails come from, such as boxoffice@example.com'],
    // A link with the host of a request would lead to whatever site the sender of the request likes.
    ['BASE_URL', 'is missing; SMTP_URL needs it, because links in mails begin with it'],
  ] as const;
  for (const [name, message] of needed) {
    if (given[name] === undefined) context.addIssue({ code: 'custom', path: [name], message });
  }
});

export type Env = z.infer<typeof settings>;

/** Parses the environment. Throws one error that names every variable that is wrong and what it should be. */
export function readEnv(source: Record<string, string | undefined> = environment()): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${String(issue.path[0])}: ${issue.message}`);
    throw new Error(`The environment needs attention:\n${problems.join('\n')}`);
  }
  return { ...parsed.data, DATA_DIR: path.resolve(parsed.data.DATA_DIR) };
}

/** With what the file .env adds to it, where there is one. Node's own option says each time that there is none. */
function environment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** A password that is not would be taken apart, and pieces of it for host or name, which errors tell. */
function isPercentEncoded(url: string): boolean {
  return /^([^:]+:\/\/[^@/?#]*@)?[^@]*$/.test(url) && !/%(?![\da-f]{2})/i.test(url);
}

function wholeNumber(fallback: string, min: number, max: number) {
  return z
    .string()
    .default(fallback)
    .transform(Number)
    .refine(
      (value) => Number.isInteger(value) && value >= min && value <= max,
      `should be a whole number from ${min} to ${max}`,
    );
}

/** Whether it names a zone that both Node and Postgres know: offsets such as +02:00 mean the opposite to one of them. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Tells Next where this process answers: it fetches from there, with the reader's cookies, what an action redirects to. Unless told, it
 * asks whoever listens at port 3000.
 */
export function tellPages(url: string): void {
  process.env.__NEXT_PRIVATE_ORIGIN = url;
}
