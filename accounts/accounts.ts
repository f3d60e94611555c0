import type { Sql } from '#db/client.ts';
import type { Auth } from './auth.ts';

/** What the functions of this folder need. */
export type Accounts = {
  auth: Auth;
  sql: Sql;
  /** APP_SECRET. */
  secret: string;
};
