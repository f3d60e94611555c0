// One close or one retention in a process of its own, which sends itself SIGKILL at a probe. Waits for a line of input with what
// to do, so that it can be started ahead.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { connect } from '#db/client.ts';
import { closeDay } from '#rollups/close-day.ts';
import { retain } from '#rollups/retain.ts';
import { retentionPolicies } from '#rollups/retention-policies.ts';

export type Work = { url: string; now: string; probe: number } & ({ close: string } | { archiveInto: string });

const [line] = await once(createInterface(process.stdin), 'line');
const work: Work = JSON.parse(line);
const { url, now } = work;
const sql = connect(url, { name: 'keeping process', max: 1 });
let reached = 0;
const probe = () => {
  reached += 1;
  if (reached === work.probe) process.kill(process.pid, 'SIGKILL');
};
if ('close' in work) {
  const { status } = await closeDay(sql, work.close, 'UTC', new Date(now), probe);
  console.log(status);
} else {
  const policies = retentionPolicies().filter(({ fact }) => fact === 'view log');
  const archives = { url, folder: work.archiveInto };
  const { tooOld } = await retain(sql, { policies, archives, timeZone: 'UTC', now: new Date(now), probe });
  console.log(tooOld.map(({ status }) => status).join());
}
await sql.end({ timeout: 0 });
process.exit();
