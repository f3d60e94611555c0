import postgres from 'postgres';
import type { Rejection } from './wire.ts';

/** Nothing of this was acknowledged: the same ids may be sent again. */
export class Unavailable extends Error {
  override name = 'Unavailable';
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}

/**
 * What became of a flush that failed. All but `unknown_outcome` were rolled back:
 * `retry` may pass the second time, `duplicate` where duplicates are expected, `no_partition` once it is made and without views of
 * archived days, `poison` never as a whole, `refused` later.
 */
export type Failure = 'retry' | 'duplicate' | 'no_partition' | 'poison' | 'refused' | 'unknown_outcome';

/** What a restored day's partition refuses further views by: its day stays archived. */
export const archivedLogConstraint = 'archived_log_takes_no_views';

/** By SQLSTATE: what the server answered was rolled back; without an answer it may have committed. */
export function classifyFailure(error: unknown): Failure {
  if (!(error instanceof postgres.PostgresError)) return 'unknown_outcome';
  const { code, routine } = error;
  if (['40001', '40P01', '55P03'].includes(code)) return 'retry';
  // By the routine that raised it: the message may be in the server's own language.
  if (code === '23514' && routine === 'ExecFindPartition') return 'no_partition';
  if (code === '23514' && error.constraint_name === archivedLogConstraint) return 'no_partition';
  if (code === '23505') return 'duplicate';
  // A sequence at its end is no view's fault.
  if (code === '2200H') return 'refused';
  if (code.startsWith('22') || code.startsWith('23')) return 'poison';
  if (code.startsWith('57P') || code.startsWith('08') || code.startsWith('XX')) return 'unknown_outcome';
  return 'refused';
}

/** What the sender of a view is told that the database refuses by itself. */
export function rejectionFor(error: unknown): Rejection {
  const isForeignKey = error instanceof postgres.PostgresError && error.code === '23503';
  if (isForeignKey) return { reason: 'unknown_video' };
  return { reason: 'invalid', field: 'view', message: 'could not be stored' };
}
