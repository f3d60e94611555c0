import type { Transaction } from '#db/client.ts';

/** Those that are open read anew after the commit, as after a tick of the rollup. */
export async function tellDashboards(tx: Transaction, now: Date): Promise<void> {
  await tx`select pg_notify('boxoffice_rollup', ${now.toISOString()}::text)`;
}
