import postgres from 'postgres';

// Not from client.ts, which imports this file.
type Sql = postgres.Sql;
type Transaction = postgres.TransactionSql;
type Work = (tx: Transaction) => unknown;

/**
 * Makes a process outlive the connections of its transactions. When one is lost, postgres.js 3.4.9 rejects the
 * transaction but still sends what its work goes on to ask, and its rollback, to a socket that is no more: that ends
 * the process, or leaves the client waiting for ever (porsager/postgres #1208, #1215). Here nothing more is sent:
 * the work of such a transaction just never settles.
 */
export function surviveLostConnections(sql: Sql): Sql {
  const begin = sql.begin as (options: string, work: Work) => Promise<unknown>;
  const guarded = (...parameters: [string, Work] | [Work]) => {
    const [options, work] = parameters.length === 2 ? parameters : ['', parameters[0]];
    const connection = { isLost: false };
    const transaction = begin(options, async (tx) => {
      try {
        const result = work(refuseWhenLost(tx, connection));
        return await (Array.isArray(result) ? Promise.all(result) : result);
      } catch (error) {
        if (connection.isLost || isLoss(error)) await new Promise(() => {});
        throw error;
      }
    });
    transaction.catch(() => {
      connection.isLost = true;
    });
    return transaction;
  };
  return Object.assign(sql, { begin: guarded as Sql['begin'] });
}

function refuseWhenLost(tx: Transaction, connection: { isLost: boolean }): Transaction {
  const guard: ProxyHandler<Transaction> = {
    apply(target, self, parameters) {
      if (connection.isLost) throw new Error('The connection of this transaction was lost.');
      return Reflect.apply(target, self, parameters);
    },
    get(target, name) {
      const value = Reflect.get(target, name);
      return name === 'unsafe' ? new Proxy(value, guard) : value;
    },
  };
  return new Proxy(tx, guard);
}

/** Whether the driver rejects the transaction by itself, since its connection is closed or about to be. */
function isLoss(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return error.severity === 'FATAL' || error.severity === 'PANIC';
  if (!(error instanceof Error)) return false;
  return 'syscall' in error || ('code' in error && error.code === 'CONNECTION_CLOSED');
}
