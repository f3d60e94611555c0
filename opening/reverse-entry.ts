// Takes an entry back: from then on every total is what it was before. The rows stay, with who took them back.
import { z } from 'zod';
import { type Author, recordChange } from '#accounts/audit-entries.ts';
import type { Sql, Transaction } from '#db/client.ts';
import { authorText } from './author-text.ts';
import { tellDashboards } from './tell-dashboards.ts';
import { isTheirs, type Whose } from './whose.ts';

/** The number of an entry as addresses and forms have it. */
export const entryNumber = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

export type Reversed =
  | { status: 'reversed'; entry: number; balances: number; views: number }
  /** Nothing was left to do. */
  | { status: 'reversed_before'; entry: number; on: string; by: string }
  /** There is no such entry, or none of it is of these channels. */
  | { status: 'unknown' }
  /** A part of it is of other channels. */
  | { status: 'of_others' };

type Found = { balances: number; views: number; theirs: number; on: string | null; by: string | null };

/** A whole entry at a time, all of whose videos are theirs. */
export async function reverseEntry(sql: Sql, entry: number, whose: Whose, author: Author): Promise<Reversed> {
  if (!Number.isSafeInteger(entry)) return { status: 'unknown' };
  return sql.begin((tx) => reverse(tx, entry, whose, author));
}

async function reverse(tx: Transaction, entry: number, whose: Whose, author: Author): Promise<Reversed> {
  await tx`lock table opening_balances in share row exclusive mode`;
  const [found] = await tx<[Found]>`
    select count(*)::float8 as balances, sum(b.views)::float8 as views,
      count(*) filter (where ${isTheirs(tx, whose)})::float8 as theirs,
      min(b.reversed_at at time zone 'UTC')::date::text as "on", min(${authorText(tx, 'reversed_by')}) as by
    from opening_balances b join videos v on v.id = b.video_id join videos t on t.id = coalesce(v.merged_into, v.id)
    where b.entry = ${entry}`;
  const { balances, views, theirs, on, by } = found;
  if (theirs === 0) return { status: 'unknown' };
  if (theirs < balances) return { status: 'of_others' };
  if (on !== null && by !== null) return { status: 'reversed_before', entry, on, by };
  await tx`
    update opening_balances set reversed_at = ${author.now.toISOString()}::text::timestamptz, reversed_by = ${author.actor}
    where entry = ${entry}`;
  const subject = `opening:${entry}` as const;
  await recordChange(tx, author, { action: 'opening.reverse', subject, before: { balances, views }, after: null });
  await tellDashboards(tx, author.now);
  return { status: 'reversed', entry, balances, views };
}
