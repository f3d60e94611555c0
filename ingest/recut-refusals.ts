// A change of the reporting zone cuts refusals anew too, as far back as they are kept by the minute; older days stay as they were.
import type { Fragment, Sql, Transaction } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import { ensurePartitions, partitionedTables, partitionsBetween } from '#db/partitions.ts';

const { screeningHours, screeningDays } = partitionedTables;

/** Makes the partitions that recutRefusals may write to. */
export async function ensureRecutPartitions(sql: Sql): Promise<void> {
  const [kept] = await sql<[{ first: string | null; last: string | null }]>`
    select min(minute)::date::text as first, max(minute)::date::text as last from screening_minutes`;
  if (!kept.first || !kept.last) return;
  for (const table of [screeningHours, screeningDays]) {
    await ensurePartitions(sql, table, partitionsBetween(table, shiftDay(kept.first, -1), shiftDay(kept.last, 1)));
  }
}

/**
 * Moves refusals from the hours and days of one zone to those of another. Differences are added, never values set: what is
 * refused meanwhile stays.
 */
export async function recutRefusals(tx: Transaction, from: string, to: string): Promise<void> {
  const hourIn = (zone: string) => tx`date_trunc('hour', minute, ${zone}::text)`;
  const dayIn = (zone: string) => tx`(minute at time zone ${zone}::text)::date`;
  await tx`
    insert into screening_hours as s (hour, reason, video_id, origin, views) ${moves(tx, hourIn(from), hourIn(to))}
    on conflict (hour, reason, video_id, origin) do update set views = s.views + excluded.views`;
  await tx`delete from screening_hours where views = 0`;
  await tx`
    insert into screening_days as s (day, reason, video_id, origin, views) ${moves(tx, dayIn(from), dayIn(to))}
    on conflict (day, reason, video_id, origin) do update set views = s.views + excluded.views`;
  await tx`delete from screening_days where views = 0`;
}

/** What each bucket gains or loses when refusals go from one to the other. */
function moves(tx: Transaction, before: Fragment, after: Fragment): Fragment {
  return tx`
    select bucket, reason, video_id, origin, sum(moved)
    from (
      select ${after} as bucket, reason, video_id, origin, views as moved from screening_minutes
      union all
      select ${before}, reason, video_id, origin, -views from screening_minutes
    ) moves
    group by 1, 2, 3, 4 having sum(moved) <> 0
    order by 1, 2, 3, 4`;
}
