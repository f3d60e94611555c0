// One close or one retention in a process of its own, which sends itself SIGKILL at a probe.
import { connect } from '#db/client.ts';
import { closeDay } from '#rollups/close-day.ts';
import { retain } from '#rollups/retain.ts';
import { retentionPolicies } from '#rollups/retention-policies.ts';

export type Work = { url: string; now: string; probe: number } & ({ close: string } | { archiveInto: string });

const work: Work = JSON.parse(process.argv[2] ?? '');
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
