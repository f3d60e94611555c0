// A lane is one writer's place in the log. Its lease is an advisory lock, which lives exactly as long as the
// session that flushes; the lane's row is the fence for a writer that does not know yet that it lost the lease.
import { hostname } from 'node:os';
import { connect, type Sql } from '#db/client.ts';
import { withDeadline } from '#db/deadline.ts';

export type LaneKind = 'live' | 'import';

export type Lane = {
  lane: number;
  /** The last batch this lane committed. */
  batch: number;
  /** The one session that holds the lease. */
  sql: Sql;
  isLost(): boolean;
  /** Gives the lease up at once, without waiting for a query in flight. */
  release(): Promise<void>;
};

// Any constant works as long as nobody else uses it as the first key of an advisory lock.
const lockClass = 7_220_612;
// Shorter than the recorder's own deadline, so that a slow flush mostly ends with a known outcome.
const statementTimeoutMs = 4_000;

/** Leases a free lane of `kind`, or makes one. Rejects when the database cannot be reached in time. */
export async function leaseLane(url: string, kind: LaneKind, deadlineMs: number): Promise<Lane> {
  let lost = false;
  const sql = connect(url, {
    name: `ingest ${kind}`,
    max: 1,
    statementTimeoutMs,
    lockTimeoutMs: 2_000,
    plan: 'once',
    onClose: () => {
      lost = true;
    },
  });
  try {
    const { lane, batch } = await withDeadline(takeLane(sql, kind), deadlineMs);
    return { lane, batch, sql, isLost: () => lost, release: () => sql.end({ timeout: 0 }) };
  } catch (error) {
    // Also ends what is still waiting for an answer: a lease that came too late would be nobody's.
    await sql.end({ timeout: 0 });
    throw error;
  }
}

async function takeLane(sql: Sql, kind: LaneKind): Promise<{ lane: number; batch: number }> {
  const lane = (await lockFreeLane(sql, kind)) ?? (await lockNewLane(sql, kind));
  const leasedBy = `${hostname()} ${process.pid}`;
  const [row] = await sql<[{ batch: string }]>`
    update ingest_lanes set leased_by = ${leasedBy}, leased_at = now() where lane = ${lane} returning batch`;
  return { lane, batch: Number(row.batch) };
}

async function lockFreeLane(sql: Sql, kind: LaneKind): Promise<number | undefined> {
  const lanes = await sql<{ lane: number }[]>`select lane from ingest_lanes where kind = ${kind} order by lane`;
  for (const { lane } of lanes) {
    if (await tryLock(sql, lane)) return lane;
  }
  return undefined;
}

async function lockNewLane(sql: Sql, kind: LaneKind): Promise<number> {
  while (true) {
    const [made] = await sql<{ lane: number }[]>`
      insert into ingest_lanes (lane, kind, leased_by, leased_at)
      select coalesce(max(lane), 0) + 1, ${kind}, '', now() from ingest_lanes
      on conflict do nothing
      returning lane`;
    if (made && (await tryLock(sql, made.lane))) return made.lane;
  }
}

async function tryLock(sql: Sql, lane: number): Promise<boolean> {
  const [lock] = await sql<[{ held: boolean }]>`select pg_try_advisory_lock(${lockClass}::int, ${lane}::int) as held`;
  return lock.held;
}
