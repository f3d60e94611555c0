// One tick in a process of its own, which sends itself a signal at a statement: SIGKILL ends it there, SIGSTOP pauses it.
import { connect } from '#db/client.ts';
import { tick } from '#rollups/tick.ts';

const [url = '', now = '', signal = '', statement = ''] = process.argv.slice(2);
const sql = connect(url, { name: 'tick process', max: 1, idleInTransactionTimeoutMs: 2_000 });
let reached = 0;

try {
  const { status } = await tick(sql, new Date(now), 'UTC', () => {
    reached += 1;
    if (reached === Number(statement)) process.kill(process.pid, signal);
  });
  console.log(status);
} catch {
  console.log('failed');
}
await sql.end({ timeout: 0 });
