// The composition root: database, migrations, the roles asked for, http, and the order in which all of it stops.

import type { Logger } from 'pino';
import type { Accounts } from '#accounts/accounts.ts';
import { appSecret } from '#accounts/app-secret.ts';
import { openAuth } from '#accounts/auth.ts';
import { openKeyDirectory } from '#accounts/key-directory.ts';
import { mintSetUpLink } from '#accounts/links.ts';
import { sessionActor } from '#accounts/visitor.ts';
import { connect, connectDb, type Sql } from '#db/client.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { type Metrics, openMetrics } from '#health/metrics.ts';
import { readiness } from '#health/readiness.ts';
import { openFirstViews } from '#ingest/first-views.ts';
import { ensureLivePartitions } from '#ingest/log-partitions.ts';
import { openScreening } from '#ingest/open-screening.ts';
import { rateLimit } from '#ingest/rate-limit.ts';
import type { Ingest } from '#ingest/record-views.ts';
import { Recorder } from '#ingest/recorder.ts';
import { parseProxies } from '#ingest/sender.ts';
import { openVideoDirectory } from '#ingest/video-directory.ts';
import { type Mailer, openMailer } from '#mail/mailer.ts';
import { startLiveUpdates } from '#reports/live-updates.ts';
import { openAudit } from '#rollups/audit.ts';
import { retentionPolicies } from '#rollups/retention-policies.ts';
import { type Schedule, startSchedule, type Task } from '#rollups/schedule.ts';
import { startWorker, type Worker } from '#rollups/worker.ts';
import { openIdentifier } from '#viewers/identifier.ts';
import type { Env } from './env.ts';
import { openHttp } from './http.ts';
import { logConsoleErrors, openLogger } from './logger.ts';
import { openPages } from './pages.ts';
import { ingestTasks, rollupTasks } from './periodic-tasks.ts';
import { provideRuntime } from './runtime.ts';

const rollupStatementTimeoutMs = 60_000;
// Before its first statement a tick may make partitions, and wait for locks.
const rollupMarginMs = 30_000;

export type Server = {
  /** Where it listens. */
  url: string;
  /** Answers what is in flight, flushes, and gives everything back. */
  stop(): Promise<void>;
};

/** Starts Boxoffice as the environment says. Rejects with a message for the operator, and leaves nothing running then. */
export async function startServer(env: Env): Promise<Server> {
  const opened = new AsyncDisposableStack();
  try {
    return { url: await open(env, opened), stop: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

/** Opens one part after the other, and has each given back in the opposite order. Returns where the server listens. */
async function open(env: Env, opened: AsyncDisposableStack): Promise<string> {
  const logger = openLogger(env.LOG_LEVEL);
  if (env.NODE_ENV === 'production') logConsoleErrors(logger);
  const proxies = parseProxies(env.TRUSTED_PROXIES);
  const database = await openDatabase(env);
  opened.defer(database.close);
  // Beside the embedded database, whose folder is there from now on.
  const secret = await appSecret(env);
  const sql = connect(database.url, { name: 'services', max: 4 });
  const db = connectDb(database.url, { name: 'reports', max: 8, statementTimeoutMs: 10_000 });
  opened.defer(async () => {
    await Promise.all([sql.end({ timeout: 2 }), db.$client.end({ timeout: 2 })]);
  });
  const metrics = openMetrics(
    db,
    () => ingest.recorder.stats(),
    () => new Date(),
  );
  if (env.ROLES.includes('rollup')) opened.defer(openRollup(env, database, logger, metrics).stop);
  const ingest = await openIngest(database.url, sql, metrics);
  opened.defer(ingest.stop);
  const tasks = tasksOf(env, database, sql);
  opened.defer(openSchedule(tasks, database, sql, logger).stop);
  const liveUpdates = await startLiveUpdates(
    db,
    sql,
    () => new Date(),
    database.timeZone,
    (error) => logger.error(error, 'reading what is live failed'),
  );
  const isOpen = env.BOXOFFICE_OPEN === '1';
  const accounts = {
    auth: openAuth(db, { secret, url: env.BASE_URL ?? 'http://localhost' }),
    sql,
    secret,
  };
  const keys = await openKeyDirectory(sql);
  provideRuntime({
    ...{ db, accounts, keys, mailer: mailerOf(env, logger) },
    ingest,
    audit: openAudit(database.url, sql, database.zone),
    tasks,
    policies: retentionPolicies(env.LOG_DAYS),
    timeZone: database.timeZone,
    baseUrl: env.BASE_URL,
    isOpen,
  });
  const pages = env.ROLES.includes('web') ? await openPages(env.NODE_ENV === 'development') : undefined;
  if (pages) opened.defer(pages.close);
  const door = env.ROLES.includes('ingest')
    ? {
        ...{ ingest, keys, limit: rateLimit(env.RATE_LIMIT), proxies },
        ownOrigin: env.BASE_URL && new URL(env.BASE_URL).origin,
        actorOf: (cookie: string) => sessionActor(accounts, new Headers({ cookie })),
      }
    : undefined;
  const opening = door && { ...door, sql, clock: Date.now, timeZone: database.timeZone };
  const identify = opening && {
    ...opening,
    ...{ identifier: openIdentifier(sql, Date.now), userSecret: ingest.userSecret },
  };
  const health = { readiness: () => readiness(db, ingest.recorder.stats(), new Date()), metrics };
  const baseUrl = env.BASE_URL;
  const security = { isHttps: baseUrl?.startsWith('https:') ?? false, isDevelopment: env.NODE_ENV === 'development' };
  const doors = {
    ...{ door, opening, identify, keys, proxies, liveUpdates, accounts, isOpen },
    ...{ db, health, pages, security, baseUrl, logger },
  };
  const http = await openHttp(env, doors);
  opened.defer(async () => {
    const served = http.stop();
    // Streams never end by themselves.
    await liveUpdates.close();
    await served;
  });
  logger.info(`Boxoffice is at ${http.url}`);
  if (pages) await offerSetUp(accounts, env.BASE_URL ?? http.url);
  return http.url;
}

function mailerOf({ SMTP_URL, MAIL_FROM }: Env, logger: Logger): Mailer | undefined {
  if (!SMTP_URL || !MAIL_FROM) return undefined;
  const onFailure = (reason: string) => logger.error({ reason }, 'a mail was not sent');
  return openMailer({ url: SMTP_URL, from: MAIL_FROM, onFailure });
}

/** For whoever started the server, and not for the log, which leaves tokens out. */
async function offerSetUp({ sql }: Accounts, url: string): Promise<void> {
  const token = await mintSetUpLink(sql, new Date());
  if (token) console.log(`Nobody has an account yet. Make the first one within a day: ${url}/join/${token}`);
}

async function openIngest(url: string, sql: Sql, { flushed }: Metrics): Promise<Ingest & { stop(): Promise<void> }> {
  await ensureLivePartitions(sql, new Date());
  const recorder = new Recorder(url, { onFlush: flushed });
  const stop = () => recorder.close();
  const [videos, firstViews] = [await openVideoDirectory(sql), await openFirstViews(sql)];
  return { videos, firstViews, ...openScreening(sql), recorder, clock: Date.now, stop };
}

function openRollup(env: Env, { url, zone }: Database, logger: Logger, { ticked }: Metrics): Worker {
  const connectAnew = () => connect(url, { name: 'rollup', max: 1, statementTimeoutMs: rollupStatementTimeoutMs });
  return startWorker(connectAnew, {
    intervalMs: env.ROLLUP_INTERVAL_MS,
    silenceMs: rollupStatementTimeoutMs + rollupMarginMs,
    timeZone: zone,
    clock: () => new Date(),
    onTick: ticked,
    onError: (error) => logger.error(error, 'a tick failed; it is tried again'),
  });
}

function tasksOf({ ROLES, LOG_DAYS, ARCHIVE_DIR }: Env, { url, zone }: Database, sql: Sql): Task[] {
  const services = { url, sql, timeZone: zone, policies: retentionPolicies(LOG_DAYS), archiveFolder: ARCHIVE_DIR };
  return [
    ...(ROLES.includes('ingest') ? ingestTasks(services) : []),
    ...(ROLES.includes('rollup') ? rollupTasks(services) : []),
  ];
}

function openSchedule(tasks: Task[], { timeZone }: Database, sql: Sql, logger: Logger): Schedule {
  return startSchedule(sql, tasks, {
    timeZone,
    clock: () => new Date(),
    onError: (task, error) => logger.error(error, `the task ${task} failed; it runs again at its next time`),
  });
}
