// Connections. Every one runs in UTC and has deadlines of the server's own, so that nothing waits for ever.
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { surviveLostConnections } from './lost-connection.ts';
import { openPatientSocket } from './patient-socket.ts';
import { keepStatements } from './prepared.ts';
import * as schema from './schema.ts';

export type Sql = postgres.Sql;
export type Transaction = postgres.TransactionSql;
/** A piece of SQL to be put into a statement. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;
export type Db = PostgresJsDatabase<typeof schema> & { $client: Sql };
/** What a report needs of a database: also a transaction has it. */
export type Reader = Pick<Db, 'execute'>;

export type ClientOptions = {
  /** Shown in pg_stat_activity. */
  name: string;
  /** Connections at most. */
  max?: number;
  statementTimeoutMs?: number;
  idleInTransactionTimeoutMs?: number;
  lockTimeoutMs?: number;
  /**
   * When a statement is planned: `once`, for those that write rows and take arrays; `each time`, unless told, where a range decides
   * what is read; `by cost`, each time while that promises a better plan than one for all.
   */
  plan?: keyof typeof planCacheModes;
  /** For sessions that count much at once: what a sort or a working table may hold in memory, in MiB. */
  workingMemoryMib?: number;
  /** Called whenever a connection closes. */
  onClose?: () => void;
};

const planCacheModes = { once: 'force_generic_plan', 'each time': 'force_custom_plan', 'by cost': 'auto' } as const;

// What an answer may take beyond the statement's own time-out.
const answerMarginMs = 2_000;

type Address = Parameters<typeof openPatientSocket>[0];

/** A postgres.js client for hand-written SQL (ingest, rollups). Instants come back as ISO-like text, never as Date. */
export function connect(url: string, options: ClientOptions): Sql {
  const statementTimeoutMs = options.statementTimeoutMs ?? 30_000;
  const sql = postgres(url, {
    max: options.max ?? 4,
    connect_timeout: 5,
    // A session may hold a lease (an advisory lock): it is never recycled for its age.
    max_lifetime: null,
    onclose: options.onClose,
    onnotice: () => {},
    ...(hasOneHost(url) && { socket: (to: Address) => openPatientSocket(to, statementTimeoutMs + answerMarginMs) }),
    connection: {
      application_name: `boxoffice ${options.name}`,
      TimeZone: 'UTC',
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 10_000,
      plan_cache_mode: planCacheModes[options.plan ?? 'each time'],
      lock_timeout: options.lockTimeoutMs ?? 10_000,
      ...(options.workingMemoryMib && {
        work_mem: `${options.workingMemoryMib}MB`,
        temp_buffers: `${options.workingMemoryMib}MB`,
      }),
    },
  });
  return surviveLostConnections(sql);
}

/** Of several hosts (postgres://one,other/name) the driver itself has to choose. */
function hasOneHost(url: string): boolean {
  return URL.canParse(url) && new URL(url).hostname !== '' && !new URL(url).host.includes(',');
}

/** The drizzle database of reports and domain folders. It has a client of its own, whose serializers drizzle changes. */
export function connectDb(url: string, options: ClientOptions): Db {
  return drizzle({ client: keepStatements(connect(url, { plan: 'by cost', ...options })), schema });
}
