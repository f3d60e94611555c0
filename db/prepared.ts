import type postgres from 'postgres';

// Not from client.ts, which imports this file.
type Sql = postgres.Sql;
type Transaction = postgres.TransactionSql;
type Unsafe = Sql['unsafe'];
type Begin = (...parameters: [string, Work] | [Work]) => Promise<unknown>;
type Work = (tx: Transaction) => unknown;

/**
 * Has a session keep the statements that drizzle sends it. drizzle has them parsed anew each time, which also takes a round trip of
 * its own to learn their parameters: of the 10 ms of the overview that was a third (2026-11-25).
 */
export function keepStatements<Client extends Sql | Transaction>(client: Client): Client {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === 'unsafe') return prepared(value as Unsafe);
      if (name === 'begin') return withPreparedWork(value as Begin);
      return value;
    },
  });
}

function prepared(unsafe: Unsafe): Unsafe {
  return (text, parameters, options) =>
    // Without parameters a text may hold several statements, which cannot be kept.
    unsafe(text, parameters, { ...options, prepare: parameters !== undefined && parameters.length > 0 });
}

function withPreparedWork(begin: Begin): Begin {
  return (...parameters) => {
    const [options, work] = parameters.length === 2 ? parameters : ['', parameters[0]];
    return begin(options, (tx) => work(keepStatements(tx)));
  };
}
