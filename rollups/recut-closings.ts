// The ledger after a change of zone: rows about days that were cut otherwise prove nothing any more; what they had proved of days whose
// log is gone is carried over to the days that were made of them.
import { allChannelsId, deletedVideosId } from '#channels/reserved-channels.ts';
import type { Transaction } from '#db/client.ts';
import { nameOf, zoneAt } from '#db/reporting-zone.ts';
import { hasWholeLog, zoned } from './whole-log.ts';
import type { Change } from './zone-moves.ts';

/** Marks the rows of every date that the change cuts anew. */
export async function setFormerZone(tx: Transaction, { from, to, cutAt }: Change): Promise<void> {
  const cut = tx`${cutAt}::text::timestamptz`;
  const dateIn = (zone: string) => tx`(${cut} at time zone ${zone}::text)::date`;
  await tx`
    update day_closings set former_zone = ${nameOf(from)}
    where former_zone is null and day >= coalesce(least((${cut} at time zone ${zoneAt(tx, from, cut)})::date, ${dateIn(nameOf(to))}), '-infinity')`;
}

/**
 * Days without a log cannot be proved again, and neither can their hours be dropped without a proof: such a day gets a row that says what
 * the days before had been proved to hold of it.
 */
export async function carryClosings(tx: Transaction, { from, to, cutAt }: Change, now: Date): Promise<void> {
  const [begin, end] = zoned(tx, tx`c.day`, to, '1 day');
  await tx`
    insert into day_closings (day, closed_at, duration_ms, log_views, log_bot_views, found, differing_buckets, differing_views,
      repairs, is_balanced, proved_to, complete_to, is_final)
    select c.day, ${now.toISOString()}::text::timestamptz, 0, c.views, c.bot_views, '{}', 0, 0, '[]', f.is_balanced, f.proved_to,
      f.complete_to, true
    from (
      select day, sum(views) as views, sum(bot_views) as bot_views from channel_days
      where channel_id in (${allChannelsId}::bigint, ${deletedVideosId}::bigint) group by day
    ) c cross join lateral (
      select bool_and(latest.is_balanced) as is_balanced, (array_agg(latest.proved_to order by latest.id))[1] as proved_to,
        min(latest.complete_to) as complete_to, count(*) as closings
      from (
        select distinct on (d.day) d.* from day_closings d
        where d.former_zone = ${nameOf(from)} and d.day in (
          select (at at time zone ${zoneAt(tx, from, tx`at`)})::date
          from generate_series(${begin}, ${end} - interval '15 minutes', '15 minutes') at)
        order by d.day, d.id desc
      ) latest
    ) f
    where ${end} > ${cutAt ?? '-infinity'}::text::timestamptz and f.closings > 0
      and not ${hasWholeLog(tx, begin, end)}
    order by c.day`;
}
