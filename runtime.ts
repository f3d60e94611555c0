// What the composition root (server.ts) hands to Next's bundles. Modules exist twice in one process,
// in Node's module graph and in Next's bundles, so what must be one hangs on globalThis.
import type { Accounts } from '#accounts/accounts.ts';
import type { KeyDirectory } from '#accounts/key-directory.ts';
import type { Db } from '#db/client.ts';
import type { Ingest } from '#ingest/record-views.ts';
import type { Mailer } from '#mail/mailer.ts';
import type { Audit } from '#rollups/audit.ts';
import type { RetentionPolicy } from '#rollups/retention-policies.ts';
import type { Task } from '#rollups/schedule.ts';

export type Runtime = {
  db: Db;
  /** With `sql` for what pages change. */
  accounts: Accounts;
  keys: KeyDirectory;
  /** Undefined where no SMTP_URL is set. */
  mailer: Mailer | undefined;
  ingest: Ingest;
  audit: Audit;
  /** What runs by itself in this process. */
  tasks: Task[];
  /** The reporting zone, an IANA name. */
  timeZone: string;
  /** Where browsers reach this server, without a slash at the end; undefined: as the request says. */
  baseUrl: string | undefined;
  /** Whether everybody may read the dashboards. */
  isOpen: boolean;
  /** How long each fact is kept. */
  policies: RetentionPolicy[];
};

const slot = Symbol.for('boxoffice');
const shared = globalThis as unknown as Record<symbol, Runtime | undefined>;

export function provideRuntime(runtime: Runtime): void {
  shared[slot] = runtime;
}

/** The services of this process. Throws outside a server that server.ts started. */
export function runtime(): Runtime {
  const found = shared[slot];
  if (!found) throw new Error('Boxoffice is not running in this process: start it with npm start or npm run dev.');
  return found;
}
