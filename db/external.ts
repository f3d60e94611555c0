// The Postgres that DATABASE_URL names. What is wrong with it is told in one sentence, which never has the password.
import { connect } from './client.ts';
import { withDeadline } from './deadline.ts';

const reachDeadlineMs = 8_000;

/** Resolves once the database answers. Rejects with a sentence for the operator when it does not. */
export async function reachExternal(url: string): Promise<void> {
  const sql = connect(url, { name: 'probe', max: 1 });
  try {
    // A server that closes every connection, Postgres or not, would be dialled for ever.
    await withDeadline(sql`select 1`, reachDeadlineMs);
  } catch (error) {
    throw explainExternal(error, url) ?? new Error(`DATABASE_URL: ${silent(url)}`, { cause: error });
  } finally {
    await sql.end({ timeout: 0 });
  }
}

/** What an error of the database at `url` means for the operator; undefined for one that is no fault of the setting. */
export function explainExternal(error: unknown, url: string): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const sentence = 'code' in error && sentenceFor(String(error.code), error.message, url);
  // Drizzle wraps what the driver threw.
  return sentence ? new Error(`DATABASE_URL: ${sentence}`, { cause: error }) : explainExternal(error.cause, url);
}

function sentenceFor(code: string, message: string, url: string): string | undefined {
  const { host, hostname, username, pathname } = new URL(url);
  const at = host || 'its socket';
  const [user, name] = [decodeURIComponent(username), decodeURIComponent(pathname.slice(1))];
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return `nothing listens at ${at}; start Postgres there, or correct host and port`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host ${hostname} has no address (${code}); correct its name, or see that the name server knows it`;
    case 'CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return silent(url);
    case 'ECONNRESET':
    case 'CONNECTION_CLOSED':
      return `${at} closes the connection; see that Postgres listens there, and that it takes connections from here`;
    case '28P01':
    case '28000':
      return `Postgres at ${at} does not let ${user || 'us'} in (${message}); correct user and password`;
    case '3D000':
      return `Postgres at ${at} has no database ${name || user}; make it with create database, or correct the name`;
    case '42501':
      return `the database at ${at} refuses what Boxoffice needs (${message}); make ${user || 'the user'} its owner`;
    case '53300':
    case '57P03':
      return `Postgres at ${at} takes no connections now (${message}); start again when it does`;
  }
  return undefined;
}

function silent(url: string): string {
  const at = new URL(url).host || 'its socket';
  return `${at} does not answer as Postgres does; see that it runs there and that no firewall is in between, or correct host and port`;
}
