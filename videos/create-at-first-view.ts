// Makes videos that nobody announced: each by its first view, as many a day as their channel lets.
import type { Sql, Transaction } from '#db/client.ts';
import type { ChannelId } from '#db/schema.ts';

/** A video as its first view tells of it. */
export type FirstViewed = { key: string; title: string };

/** What became of each key: `there` is one that has a video, or had one that was deleted. */
export type FirstViewOutcome = 'made' | 'there' | 'over_limit' | 'off';

export type FirstViewOutcomes = {
  outcomes: Map<string, FirstViewOutcome>;
  /** When the reporting day is over, in milliseconds since the epoch. */
  dayEndsAt: number;
};

type Row = { key: string; outcome: FirstViewOutcome; dayEndsMs: number };

const longestTitle = 500;

/**
 * Makes those videos whose keys nobody has or had, in the order given, until the channel has made as many on the reporting day of `now`
 * (milliseconds) as it may. Servers that remember such a key as unknown are told after the commit.
 */
export async function createAtFirstView(
  sql: Sql,
  channelId: ChannelId,
  videos: FirstViewed[],
  now: number,
): Promise<FirstViewOutcomes> {
  const rows = await sql.begin(async (tx) => {
    const [channel] = await tx<{ most: number }[]>`
      select first_view_videos_per_day as most from channels
      where id = ${channelId} and archived_at is null
      for no key update`;
    // The next statement begins once no other process makes videos of this channel, and so counts theirs.
    return create(tx, channelId, channel?.most ?? 0, videos, now);
  });
  return {
    outcomes: new Map(rows.map(({ key, outcome }) => [key, outcome])),
    dayEndsAt: rows[0]?.dayEndsMs ?? now,
  };
}

/** The title as the column takes it, from what a page calls itself; the key where that says nothing. */
export function titleOfPage(title: string | undefined, key: string): string {
  const plain = (title ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return (
    Array.from(plain.slice(0, 2 * longestTitle))
      .slice(0, longestTitle)
      .join('')
      .trim() || key
  );
}

async function create(
  tx: Transaction,
  channelId: ChannelId,
  most: number,
  videos: FirstViewed[],
  now: number,
): Promise<Row[]> {
  // Inserted in the order of their keys: two channels that make each other's videos would deadlock otherwise.
  return tx<Row[]>`
    with clock as (
      select at, date_trunc('day', at at time zone time_zone) as day, time_zone
      from (select to_timestamp(${now}::float8 / 1000) as at) now, installation
    ), bounds as (
      select at, day at time zone time_zone as day_start, (day + interval '1 day') at time zone time_zone as day_end from clock
    ), given as (
      select key, title, place from unnest(${videos.map(({ key }) => key)}::text[], ${videos.map(({ title }) => title)}::text[])
        with ordinality g(key, title, place)
    ), room as (
      select ${most}::int - count(*) as videos from videos, bounds
      where channel_id = ${channelId} and is_made_at_first_view and created_at >= day_start and created_at < day_end
    ), fresh as (
      select key, title, row_number() over (order by place) <= (select videos from room) as fits
      from given where not exists (select from videos v where v.key = given.key)
    ), made as (
      insert into videos (key, channel_id, title, published_at, created_at, is_made_at_first_view)
      select key, ${channelId}, title, at, at, true from fresh, bounds where fits order by key
      on conflict (key) do nothing
      returning key
    ), told as (
      select key, pg_notify('boxoffice_videos', key)::text from made
    )
    select given.key,
      case when told.key is not null then 'made' when fresh.fits is not false then 'there' when ${most} = 0 then 'off'
        else 'over_limit' end as outcome,
      extract(epoch from day_end)::float8 * 1000 as "dayEndsMs"
    from bounds, given left join fresh on fresh.key = given.key left join told on told.key = given.key`;
}
