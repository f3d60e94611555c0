// Enters what other products had counted. It stands beside what Boxoffice counts, and is never a part of it.
import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import { type BalanceProblem, type FoundVideo, findProblems, findVideos } from './find-problems.ts';
import { mostBalances, type NewBalance } from './new-balance.ts';
import { tellDashboards } from './tell-dashboards.ts';
import type { Whose } from './whose.ts';

export type EnteredSum = { balances: number; videos: number; views: number };

export type Entered =
  /** By this number it can be reversed. */
  | ({ status: 'entered'; entry: number } & EnteredSum)
  /** It was asked for as a dry run, and would have been entered. */
  | ({ status: 'checked' } & EnteredSum)
  /** Nothing was entered. */
  | { status: 'refused'; problems: BalanceProblem[] };

export type Entering = {
  whose: Whose;
  author: Author;
  /** The date it is in the reporting zone. */
  today: string;
  isDryRun?: boolean;
};

/** All of them, as one entry, or none. Who enters something at the same time waits. */
export async function enterBalances(sql: Sql, balances: NewBalance[], entering: Entering): Promise<Entered> {
  if (balances.length === 0 || balances.length > mostBalances) {
    throw new Error(`An entry has 1 to ${mostBalances} counts, not ${balances.length}.`);
  }
  return sql.begin((tx) => enter(tx, balances, entering));
}

async function enter(tx: Transaction, balances: NewBalance[], entering: Entering): Promise<Entered> {
  const { whose, author, today, isDryRun } = entering;
  await tx`lock table opening_balances in share row exclusive mode`;
  const videos = await findVideos(tx, balances, whose);
  const problems = await findProblems(tx, balances, videos, { whose, today });
  if (problems.length > 0) return { status: 'refused', problems };
  const sum = {
    balances: balances.length,
    videos: videos.size,
    views: balances.reduce((total, { views }) => total + views, 0),
  };
  if (isDryRun) return { status: 'checked', ...sum };
  const entry = await insert(tx, balances, videos, author);
  const days = balances.flatMap(({ day }) => day ?? []).sort();
  await recordChange(tx, author, {
    action: 'opening.enter',
    subject: `opening:${entry}`,
    before: null,
    after: {
      ...sum,
      sources: [...new Set(balances.map(({ source }) => source))].slice(0, 20),
      keys: [...videos.keys()].slice(0, 20),
      ...(days.length > 0 && { firstDay: days[0], lastDay: days.at(-1) }),
    },
  });
  await tellDashboards(tx, author.now);
  return { status: 'entered', entry, ...sum };
}

async function insert(
  tx: Transaction,
  balances: NewBalance[],
  videos: Map<string, FoundVideo>,
  { actor, now }: Author,
): Promise<number> {
  const [row] = await tx<[{ entry: number }]>`
    with entry as materialized (
      select nextval('opening_entries') as number
    ), given as (
      select * from unnest(
        ${balances.map(({ video }) => videos.get(video)?.id ?? null)}::bigint[],
        ${balances.map(({ day }) => day ?? null)}::text[],
        ${balances.map(({ views }) => views)}::bigint[],
        ${balances.map(({ source }) => source)}::text[]
      ) as g(video_id, day, views, source)
    ), entered as (
      insert into opening_balances (entry, video_id, day, views, source, entered_by, entered_at)
      select number, video_id, day::date, views, source, ${actor}, ${now.toISOString()}::text::timestamptz
      from entry, given
    )
    select number::float8 as entry from entry`;
  return row.entry;
}
