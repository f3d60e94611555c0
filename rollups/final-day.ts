// When a day is final: no view of it can be accepted any more, so what is proved of it then holds for good.
import type { Fragment, Sql } from '#db/client.ts';
import { maxAgeMs } from '#ingest/screen.ts';

// How late a view may come, and far more than the skew that clocks may have.
const acceptedForMs = maxAgeMs + 3_600_000;

/** Whether a day that ended at `endsAt` is final at `at`; both in milliseconds. */
export function isFinalAt(at: number, endsAt: number): boolean {
  return at >= endsAt + acceptedForMs;
}

/** The same in SQL, of instants. */
export function finalAt(sql: Sql, at: Fragment, endsAt: Fragment): Fragment {
  return sql`(${at} >= ${endsAt} + make_interval(secs => ${acceptedForMs / 1_000}))`;
}
