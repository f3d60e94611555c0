// A change of the reporting zone in a process of its own, which kills itself at a statement.
import { connect } from '#db/client.ts';
import { readZone } from '#db/reporting-zone.ts';
import { changeZone } from '#rollups/change-zone.ts';

const [url = '', now = '', to = '', statement = ''] = process.argv.slice(2);
const sql = connect(url, { name: 'zone process', max: 1 });
let reached = 0;

const probe = () => {
  reached += 1;
  if (reached === Number(statement)) process.kill(process.pid, 'SIGKILL');
};
await changeZone(sql, { from: await readZone(sql), to, now: new Date(now), probe });
console.log('done');
await sql.end({ timeout: 0 });
