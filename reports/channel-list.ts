import { sql } from 'drizzle-orm';
import type { Scope } from '#accounts/may.ts';
import type { Db, Reader } from '#db/client.ts';
import { shiftDay } from '#db/day.ts';
import type { ChannelId } from '#db/schema.ts';
import { dateAt } from './calendar.ts';
import { openingPerChannel } from './opening.ts';
import { isInScope } from './subject.ts';
import { videosPerChannel } from './videos-per-channel.ts';

export type ListedChannel = {
  id: ChannelId;
  handle: string;
  name: string;
  videos: number;
  /** Lifetime. */
  people: number;
  /** What other products had counted before, beside that. */
  opening: number;
  peopleLast28Days: number;
  /** People on each of the last 28 days, oldest first, today included. */
  spark: number[];
};

/** Every channel of a scope, the one with most people first. */
export async function channelList(db: Db, scope: Scope, now: Date, timeZone: string): Promise<ListedChannel[]> {
  const channels = await channelPeople(db, scope, now, timeZone);
  const videos = await videosPerChannel(db, now);
  return channels.map((channel) => ({ ...channel, videos: videos.get(channel.id) ?? 0 }));
}

/** The same without their videos: what can be read in a snapshot. */
export async function channelPeople(
  db: Reader,
  scope: Scope,
  now: Date,
  timeZone: string,
): Promise<Omit<ListedChannel, 'videos'>[]> {
  const today = dateAt(now, timeZone);
  const first = shiftDay(today, -27);
  const rows = await db.execute<CountedChannel>(sql`
    with recent as (
      select channel_id, sum(views - bot_views) as people,
        json_object_agg(day - ${first}::date, views - bot_views) as people_by_day
      from channel_days
      where day >= ${first}::date and day <= ${today}::date and ${isInScope(scope, sql`channel_id`)}
      group by channel_id
    ), opening as (${openingPerChannel(scope)})
    select c.id::float8 as id, c.handle, c.name, coalesce(t.views - t.bot_views, 0)::float8 as people,
      coalesce(o.views, 0)::float8 as opening, coalesce(r.people, 0)::float8 as "peopleLast28Days", coalesce(r.people_by_day, '{}') as "peopleByDay"
    from channels c left join recent r on r.channel_id = c.id
      left join channel_totals t on t.channel_id = c.id left join opening o on o.channel_id = c.id
    where ${isInScope(scope, sql`c.id`)}
    order by people desc, c.id`);
  return rows.map(({ peopleByDay, ...channel }) => ({
    ...channel,
    spark: Array.from({ length: 28 }, (_, n) => peopleByDay[n] ?? 0),
  }));
}

/** `peopleByDay` by the number of the day, without the days that saw nothing: a hundred channels' zeros cost SQL 3 ms (2026-11). */
type CountedChannel = Omit<ListedChannel, 'videos' | 'spark'> & { peopleByDay: Record<number, number> };
