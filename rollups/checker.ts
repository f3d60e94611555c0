// What must always hold, as one question to a database: asked by tests after every fault and by the audit. Nothing is written.

import type { Sql, Transaction } from '#db/client.ts';
import type { ReportingZone } from '#db/reporting-zone.ts';
import type { Difference } from './difference.ts';
import { differencesIn } from './differences.ts';
import { holdPartitions } from './hold-partitions.ts';
import { checkLog, type LogCheck } from './log-check.ts';

/** One invariant and whether it holds. `detail` says what was compared, with figures. */
export type Finding = { invariant: Invariant; holds: boolean; detail: string; differences?: Difference[] };
export type Invariant = 'durable' | 'once' | 'conserved' | 'aggregates' | 'cursors' | 'closings' | 'alive' | 'no_leak';

/** What only those know who sent, or who watched. What is absent is not asked. */
export type Evidence = {
  /** Ids that were answered `counted` or `duplicate`. */
  acknowledged?: Iterable<string>;
  /** What a sender that knew all traffic was answered; `unknown` timed out. */
  answers?: { sent: number; counted: number; duplicate: number; rejected: number; unknown: number };
  /** The lag, in milliseconds, that is still taken for alive. */
  maxLagMs?: number;
  /** Secrets that were planted, and everything that was written where they must not be. */
  secrets?: { planted: string[]; written: string[] };
};

const maxShown = 20;

/** Asks every invariant that can be asked of the database and the evidence, in one snapshot. */
export async function checkInvariants(
  sql: Sql,
  now: Date,
  timeZone: ReportingZone,
  evidence: Evidence = {},
): Promise<Finding[]> {
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    await holdPartitions(tx);
    const { acknowledged, answers, maxLagMs, secrets } = evidence;
    const log = await checkLog(tx, timeZone);
    return [
      ...(acknowledged ? [await durable(tx, [...acknowledged])] : []),
      once(log),
      ...(answers ? [await conserved(tx, answers)] : []),
      await aggregates(tx, now, timeZone),
      await cursors(tx),
      closings(log.changed),
      ...(maxLagMs === undefined ? [] : [await alive(tx, now, maxLagMs)]),
      ...(secrets ? [noLeak(secrets)] : []),
    ];
  });
}

/** Asks what the proofs of single days do not, of a log that was checked day by day: `checks` are of all its days. */
export async function checkLedger(sql: Sql, checks: LogCheck[]): Promise<Finding[]> {
  const sum = (count: (check: LogCheck) => number) => checks.reduce((total, check) => total + count(check), 0);
  return sql.begin('isolation level repeatable read read only', async (tx) => [
    once({ rows: sum(({ rows }) => rows), astray: sum(({ astray }) => astray) }),
    await cursors(tx),
    closings(checks.flatMap(({ changed }) => changed)),
  ]);
}

/** Every id that was acknowledged is in the log, or is of a day (an id begins with its milliseconds) that is archived. */
async function durable(tx: Transaction, acknowledged: string[]): Promise<Finding> {
  const lost = await tx<{ id: string }[]>`
    select sent.id::text as id from unnest(${acknowledged}::text[]::uuid[]) sent(id)
    where not exists (select from video_views v where v.id = sent.id) and not exists (
      select from log_archives a where a.restored_at is null
        and a.day = to_timestamp(('x' || translate(left(sent.id::text, 13), '-', ''))::bit(48)::bigint / 1000.0)::date)
    limit ${maxShown}`;
  const shown = lost.map(({ id }) => id).join(', ');
  return finding('durable', lost.length === 0, `${acknowledged.length} acknowledged, missing: ${shown || 'none'}`);
}

function once({ rows, astray }: Pick<LogCheck, 'rows' | 'astray'>): Finding {
  return finding('once', astray === 0, `${rows} rows, ${astray} with a time that is not their id's`);
}

/** What was sent is what was counted, a duplicate, rejected or never answered; and the log says the same of it. */
async function conserved(tx: Transaction, answers: NonNullable<Evidence['answers']>): Promise<Finding> {
  const { sent, counted, duplicate, rejected, unknown } = answers;
  const [kept] = await tx<[{ counted: number; duplicate: number; rejected: number }]>`
    select ((select count(*) from video_views)
        + (select coalesce(sum(a.views), 0) from log_archives a where a.restored_at is null))::float8 as counted,
      coalesce(sum(views) filter (where reason = 'duplicate'), 0)::float8 as duplicate,
      coalesce(sum(views) filter (where reason <> 'duplicate'), 0)::float8 as rejected
    from screening_minutes`;
  const isComplete = sent === counted + duplicate + rejected + unknown;
  // Of what was never answered nobody knows what became.
  const within = (ours: number, theirs: number) => ours >= theirs && ours <= theirs + unknown;
  const agrees = within(kept.counted, counted) && within(kept.duplicate, duplicate) && within(kept.rejected, rejected);
  return finding('conserved', isComplete && agrees, `${JSON.stringify(answers)}, kept ${JSON.stringify(kept)}`);
}

async function aggregates(tx: Transaction, now: Date, timeZone: ReportingZone): Promise<Finding> {
  const differences = await differencesIn(tx, now, timeZone);
  const detail = differences.length === 0 ? 'every grain equals the log' : `${differences.length} buckets differ`;
  return { ...finding('aggregates', differences.length === 0, detail), differences };
}

/** A cursor is never past its lane's head; that nothing below it was left out is what `aggregates` says. */
async function cursors(tx: Transaction): Promise<Finding> {
  const ahead = await tx<{ lane: number }[]>`
    select c.lane from rollup_cursors c left join ingest_lanes h using (lane) where c.batch > coalesce(h.batch, 0)`;
  return finding(
    'cursors',
    ahead.length === 0,
    `lanes read past their head: ${ahead.map(({ lane }) => lane).join(', ') || 'none'}`,
  );
}

function closings(changed: string[]): Finding {
  const shown = changed.slice(0, maxShown).join(', ');
  return finding('closings', changed.length === 0, `closed days that changed: ${shown || 'none'}`);
}

async function alive(tx: Transaction, now: Date, maxLagMs: number): Promise<Finding> {
  const [row] = await tx<[{ lag: number | null }]>`
    select extract(epoch from ${now.toISOString()}::text::timestamptz - min(complete_to))::float8 * 1000 as lag from rollup_cursors`;
  return finding(
    'alive',
    row.lag !== null && row.lag <= maxLagMs,
    `the aggregates are ${row.lag ?? 'never'} ms behind`,
  );
}

function noLeak({ planted, written }: NonNullable<Evidence['secrets']>): Finding {
  const leaks = planted.filter((secret) => written.some((text) => text.includes(secret)));
  return finding('no_leak', leaks.length === 0, `${leaks.length} of ${planted.length} secrets were written`);
}

function finding(invariant: Invariant, holds: boolean, detail: string): Finding {
  return { invariant, holds, detail };
}
