// What stays of a day's viewers when their rows are dropped: how many there were, and a sketch of who, for ranges of many days. Written
// at each close of the day, and with it the sketches of its month. Writes video_ and channel_ viewer_days and viewer_months.
import type { Transaction } from '#db/client.ts';
import {
  countOf,
  decodeSketch,
  emptySketch,
  encodeSketch,
  mergeSketches,
  type Sketch,
  sketchOf,
} from '#viewers/hyperloglog.ts';
import type { Subject } from '../slot-counts.ts';
import { viewersAreKept } from './kept-viewers.ts';

const subjects: readonly Subject[] = ['video', 'channel'];
const ownersAtOnce = 200;

type OwnedSketch = { owner: string; viewers: number; newViewers: number; sketch: Sketch };

/** Writes those of `day` (YYYY-MM-DD) from its rows, unless they were dropped. */
export async function sketchViewers(tx: Transaction, day: string): Promise<void> {
  const [rows] = await tx<[{ are_kept: boolean }]>`select ${viewersAreKept(tx, tx`${day}::text::date`)} as are_kept`;
  if (!rows.are_kept) return;
  for (const subject of subjects) {
    const changed = await sketchDay(tx, subject, day);
    if (changed.length > 0) await sketchMonth(tx, subject, `${day.slice(0, 7)}-01`, changed);
  }
}

/** Returns the owners whose sketch of the day is another now. */
async function sketchDay(tx: Transaction, subject: Subject, day: string): Promise<string[]> {
  const [table, owner] = [tx(`${subject}_viewer_days`), tx(`${subject}_id`)];
  await tx`create temp table if not exists day_sketches (owner bigint, viewers bigint, new_viewers bigint, sketch bytea) on commit delete rows`;
  await tx`truncate day_sketches`;
  for await (const sketches of sketchesOfDay(tx, subject, day)) {
    await tx`
      insert into day_sketches
      select owner, viewers, new_viewers, decode(sketch, 'hex')
      from unnest(${sketches.map((one) => one.owner)}::bigint[], ${sketches.map((one) => one.viewers)}::bigint[],
        ${sketches.map((one) => one.newViewers)}::bigint[], ${sketches.map((one) => encodeSketch(one.sketch).toString('hex'))}::text[])
        s(owner, viewers, new_viewers, sketch)`;
  }
  const written = await tx<{ owner: string }[]>`
    with gone as (
      delete from ${table} t where t.day = ${day}::text::date and not exists (select from day_sketches s where s.owner = t.${owner})
      returning t.${owner} as owner
    ), written as (
      insert into ${table} as t (${owner}, day, viewers, new_viewers, sketch)
      select owner, ${day}::text::date, viewers, new_viewers, sketch from day_sketches order by 1
      on conflict (${owner}, day) do update
      set viewers = excluded.viewers, new_viewers = excluded.new_viewers, sketch = excluded.sketch
      where (t.viewers, t.new_viewers, t.sketch) is distinct from (excluded.viewers, excluded.new_viewers, excluded.sketch)
      returning t.${owner} as owner
    )
    select owner::text as owner from gone union all select owner::text from written`;
  return written.map((row) => row.owner);
}

/** By a cursor of the database: one of the driver's would keep the connection to itself. */
async function* sketchesOfDay(tx: Transaction, subject: Subject, day: string): AsyncGenerator<OwnedSketch[]> {
  const owner = tx(`${subject}_id`);
  await tx`
    declare day_viewers no scroll cursor for
    select ${owner}::text as owner, count(*)::text as viewers, (count(*) filter (where previous_day = '-infinity'))::text as "newViewers",
      array_agg(${hashOf(tx)}::text) as hashes
    from ${tx(`${subject}_viewers`)} where day = ${day}::date
    group by ${owner}`;
  while (true) {
    const rows = await tx<ViewersOfOwner[]>`fetch forward ${tx.unsafe(String(ownersAtOnce))} from day_viewers`;
    if (rows.length === 0) break;
    yield rows.map(sketchOfOwner);
  }
  await tx`close day_viewers`;
}

type ViewersOfOwner = { owner: string; viewers: string; newViewers: string; hashes: string[] };

function sketchOfOwner({ owner, viewers, newViewers, hashes }: ViewersOfOwner): OwnedSketch {
  const sketch = sketchOf(hashes.map((text) => BigInt.asUintN(64, BigInt(text))));
  return { owner, viewers: Number(viewers), newViewers: Number(newViewers), sketch };
}

/** Of a viewer: the first half of an MD5, even over all 64 bits. */
function hashOf(tx: Transaction) {
  return tx`('x' || substr(md5(viewer::text), 1, 16))::bit(64)::bigint`;
}

async function sketchMonth(tx: Transaction, subject: Subject, month: string, owners: string[]): Promise<void> {
  const [table, owner] = [tx(`${subject}_viewer_months`), tx(`${subject}_id`)];
  const days = await tx<{ owner: string; sketch: Buffer }[]>`
    select ${owner}::text as owner, sketch from ${tx(`${subject}_viewer_days`)}
    where ${owner} = any(${owners}::bigint[]) and day >= ${month}::text::date and day < ${month}::text::date + interval '1 month'`;
  const merged = new Map(owners.map((one) => [one, emptySketch as Sketch]));
  for (const one of days) {
    merged.set(one.owner, mergeSketches(merged.get(one.owner) ?? emptySketch, decodeSketch(one.sketch)));
  }
  const sketches = [...merged];
  await tx`
    insert into ${table} (${owner}, month, viewers, sketch)
    select owner, ${month}::text::date, viewers, decode(sketch, 'hex')
    from unnest(${sketches.map(([one]) => one)}::bigint[], ${sketches.map(([, sketch]) => Math.round(countOf(sketch)))}::bigint[],
      ${sketches.map(([, sketch]) => encodeSketch(sketch).toString('hex'))}::text[]) s(owner, viewers, sketch)
    order by 1
    on conflict (${owner}, month) do update set viewers = excluded.viewers, sketch = excluded.sketch`;
}
