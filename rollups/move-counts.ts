// Moves all that was counted for videos from whoever it counts for to others: every grain of video_ and channel_, by the difference.
// The log is neither read nor needed: a video's own rows are its history, also of days whose log is archived.
import type { Fragment, Transaction } from '#db/client.ts';
import { readZone } from '#db/reporting-zone.ts';
import type { VideoId } from '#db/schema.ts';
import { addCounts } from './add-counts.ts';
import { moveBreakdowns } from './breakdowns/roll-up-breakdowns.ts';
import type { CountsMove } from './counts-move.ts';
import { type Grain, grains, minutesKeptFrom } from './grains.ts';
import { hourIsKept } from './kept-hours.ts';
import { aggregates, type Subject } from './slot-counts.ts';
import { rebuildTopLists } from './top/rebuild-lists.ts';
import { moveViewers } from './viewers/move-viewers.ts';

/** To be called in a transaction that holds the counts (hold-counts.ts); `now` is the time of the latest tick or later. */
export async function moveCounts(tx: Transaction, moves: CountsMove[], now: Date): Promise<void> {
  await keepRowsOf(tx, [...new Set(moves.map(({ of }) => of))], now);
  for (const { subject, grain } of aggregates) {
    const ofSubject = moves.filter((move) => move.subject === subject);
    if (ofSubject.length > 0) await applyMoves(tx, subject, grain, ofSubject);
  }
  await moveBreakdowns(tx, moves);
  await moveViewers(tx, moves);
  await rebuildTopLists(tx, now, await readZone(tx));
}

/** Before anything moves: what a video gets must not be counted as its own. */
async function keepRowsOf(tx: Transaction, videos: VideoId[], now: Date): Promise<void> {
  await tx.unsafe(`drop table if exists ${grains.map((grain) => `moving_${grain}s`).join(', ')}`);
  const isKept: Partial<Record<Grain, Fragment>> = {
    minute: tx`t.minute >= ${minutesKeptFrom(now)}::text::timestamptz`,
    hour: hourIsKept(tx, tx`t.hour`),
  };
  for (const grain of grains) {
    await tx`
      create temp table ${tx(`moving_${grain}s`)} on commit drop as
      select t.* from ${tx(`video_${grain}s`)} t
      where t.video_id = any(${videos}::bigint[]) and ${isKept[grain] ?? tx`true`}`;
  }
}

/** Adds what was moved where it belongs, and takes it away where it was; a row of which all was moved goes. */
async function applyMoves(tx: Transaction, subject: Subject, grain: Grain, moves: CountsMove[]): Promise<void> {
  const [owner, key] = [tx(`${subject}_id`), grain === 'total' ? tx`` : tx`, ${tx(grain)}`];
  const bucketIs = grain === 'total' ? tx`` : tx`and t.${tx(grain)} = m.${tx(grain)}`;
  await tx`drop table if exists moved`;
  await tx`
    create temp table moved on commit drop as
    select w.owner ${key}, sum(w.times * r.views) as views, sum(w.times * r.bot_views) as bot_views
    from ${tx(`moving_${grain}s`)} r join unnest(${moves.map(({ of }) => of)}::bigint[], ${moves.map((move) => move.owner)}::bigint[],
      ${moves.map(({ times }) => times)}::int[]) w(of, owner, times) on w.of = r.video_id
    group by w.owner ${key}
    having sum(w.times * r.views) <> 0 or sum(w.times * r.bot_views) <> 0`;
  await tx`
    with gone as (
      delete from ${tx(`${subject}_${grain}s`)} t using moved m
      where t.${owner} = m.owner ${bucketIs} and t.views = -m.views and t.bot_views = -m.bot_views
      returning m.ctid as place
    )
    delete from moved m using gone g where g.place = m.ctid`;
  await addCounts(tx, subject, grain, tx`select owner ${key}, views, bot_views from moved`);
}
