// How many different viewers: people, each once however often and from however many devices of theirs. Never a sum of daily uniques.
import { sql } from 'drizzle-orm';
import { allChannelsId } from '#channels/reserved-channels.ts';
import type { Reader } from '#db/client.ts';
import { countOf, decodeSketch, emptySketch, mergeSketches, type Sketch } from '#viewers/hyperloglog.ts';
import { daysBetween, startOfMonth } from './calendar.ts';
import { isDropped } from './is-dropped.ts';
import type { Subject } from './subject.ts';

/** Dates of the reporting zone, half-open. */
export type Days = { from: string; to: string };

export type UniqueViewers = {
  viewers: number;
  /** By the rows of viewers, which are kept for 35 days; else by sketches, to some 2 in a hundred. */
  isExact: boolean;
};

const exactDays = 35;

/** Null for several channels that are not all of them: who watches two of them is in the count of each, and would be twice in the sum. */
export async function uniqueViewers(db: Reader, subject: Subject, days: Days): Promise<UniqueViewers | null> {
  const owner = ownerOf(subject);
  if (!owner) return null;
  const isShort = daysBetween(days.from, days.to) <= exactDays;
  const isExact = isShort && !(await isDropped(db, [`${owner.kind}_viewers`, `${owner.kind}_viewer_cells`], days));
  return { viewers: isExact ? await fromCells(db, owner, days) : await fromSketches(db, owner, days), isExact };
}

type Owner = { kind: 'video' | 'channel'; id: number };

/** Whose rows a subject has; none for a few channels together. */
export function ownerOf(subject: Subject): Owner | undefined {
  if ('video' in subject) return { kind: 'video', id: subject.video };
  if ('channel' in subject) return { kind: 'channel', id: subject.channel };
  if (subject.channels === 'all') return { kind: 'channel', id: allChannelsId };
  const [only, ...others] = subject.channels;
  return only !== undefined && others.length === 0 ? { kind: 'channel', id: only } : undefined;
}

/** Whoever was last there before a range, or never, is counted on the first of its days: everybody once. */
async function fromCells(db: Reader, { kind, id }: Owner, { from, to }: Days): Promise<number> {
  const [row] = await db.execute<{ viewers: number }>(sql`
    select coalesce(sum(viewers), 0)::float8 as viewers from ${sql.identifier(`${kind}_viewer_cells`)}
    where ${sql.identifier(`${kind}_id`)} = ${id} and day >= ${from}::date and day < ${to}::date and previous_day < ${from}::date`);
  return row?.viewers ?? 0;
}

/** Days that were closed by their sketches, and what came since by its cells: whoever was last there within the closed days is in those. */
async function fromSketches(db: Reader, owner: Owner, { from, to }: Days): Promise<number> {
  const open = await firstOpenDay(db, { from, to });
  const closed = await mergedSketch(db, owner, { from, to: open });
  const [row] = await db.execute<{ viewers: number }>(sql`
    select coalesce(sum(viewers), 0)::float8 as viewers from ${sql.identifier(`${owner.kind}_viewer_cells`)}
    where ${sql.identifier(`${owner.kind}_id`)} = ${owner.id} and day >= ${open}::date and day < ${to}::date and previous_day < ${from}::date`);
  return Math.round(countOf(closed)) + (row?.viewers ?? 0);
}

/** The day after the last that was closed, within the range; its first while none was. */
async function firstOpenDay(db: Reader, { from, to }: Days): Promise<string> {
  const [row] = await db.execute<{ open: string }>(sql`
    select greatest(${from}::date, least(${to}::date,
      coalesce((select max(day) + 1 from day_closings where former_zone is null), ${from}::date)))::text as open`);
  return row?.open ?? from;
}

/** Whole months by their own sketch, the days around them by theirs. */
async function mergedSketch(db: Reader, { kind, id }: Owner, { from, to }: Days): Promise<Sketch> {
  const firstMonth = from === startOfMonth(from) ? from : startOfMonth(from, 1);
  const lastMonth = [startOfMonth(to), firstMonth].toSorted().at(-1) ?? to;
  const rows = await db.execute<{ sketch: string }>(sql`
    select encode(sketch, 'hex') as sketch from ${sql.identifier(`${kind}_viewer_months`)}
    where ${sql.identifier(`${kind}_id`)} = ${id} and month >= ${firstMonth}::date and month < ${lastMonth}::date
    union all
    select encode(sketch, 'hex') from ${sql.identifier(`${kind}_viewer_days`)}
    where ${sql.identifier(`${kind}_id`)} = ${id} and day >= ${from}::date and day < ${to}::date
      and not (day >= ${firstMonth}::date and day < ${lastMonth}::date)`);
  return rows.map(({ sketch }) => decodeSketch(Buffer.from(sketch, 'hex'))).reduce(mergeSketches, emptySketch);
}
