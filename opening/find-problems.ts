// Why counts cannot be entered, one sentence each: chiefly that they would count twice.
import type { Transaction } from '#db/client.ts';
import type { VideoId } from '#db/schema.ts';
import { authorText } from './author-text.ts';
import type { NewBalance } from './new-balance.ts';
import { isTheirs, type Whose } from './whose.ts';

/** `at` is the place in the list that was given, from 0. */
export type BalanceProblem = { at: number; problem: string };

export type FoundVideo = {
  id: VideoId;
  /** The first day that Boxoffice counted a view of it on. */
  firstDay: string | null;
};

type Conflict = { at: number; day: string | null; entry: number; enteredOn: string; enteredBy: string };

/** The videos of these keys that are theirs. */
export async function findVideos(
  tx: Transaction,
  balances: NewBalance[],
  whose: Whose,
): Promise<Map<string, FoundVideo>> {
  const keys = [...new Set(balances.map(({ video }) => video))];
  const found = await tx<(FoundVideo & { key: string })[]>`
    select v.key, v.id::float8 as id,
      (select min(day)::text from video_days d where d.video_id = v.id and d.views > 0) as "firstDay"
    from unnest(${keys}::text[]) k(key) join videos v on v.key = k.key
      join videos t on t.id = coalesce(v.merged_into, v.id) and t.removed_at is null
    where ${isTheirs(tx, whose)}`;
  return new Map(found.map(({ key, ...video }) => [key, video]));
}

/** `today` is the date it is in the reporting zone. In the order of the list. */
export async function findProblems(
  tx: Transaction,
  balances: NewBalance[],
  videos: Map<string, FoundVideo>,
  { whose, today }: { whose: Whose; today: string },
): Promise<BalanceProblem[]> {
  const problems = new Map<number, string>();
  for (const conflict of await findConflicts(tx, balances, videos)) {
    problems.set(conflict.at, conflictText(conflict, balances[conflict.at]));
  }
  const known = new Map<string, number>();
  for (const [at, balance] of balances.entries()) {
    const repeated = repeatOf(balance, at, known);
    const problem = videoProblem(balance, videos.get(balance.video), whose, today) ?? repeated;
    if (problem) problems.set(at, problem);
  }
  return [...problems].map(([at, problem]) => ({ at, problem })).sort((a, b) => a.at - b.at);
}

function videoProblem(
  { video, day }: NewBalance,
  found: FoundVideo | undefined,
  whose: Whose,
  today: string,
): string | undefined {
  if (!found) return `There is no video ${video}${whose ? ' in these channels' : ''}.`;
  if (day === undefined) return undefined;
  if (day >= today) return `${day} is not over yet: enter days that are.`;
  if (found.firstDay === null || day < found.firstDay) return undefined;
  return (
    `Boxoffice itself counts ${video} since ${found.firstDay}: from then on a day would count twice. ` +
    'Enter the days before, or one count without a day.'
  );
}

/** Of one source a video has either one count of all the time before, or counts of days. */
function repeatOf({ video, day, source }: NewBalance, at: number, known: Map<string, number>): string | undefined {
  const name = `${video}\n${source.toLowerCase()}`;
  const [same, whole, days] = [`${name}\n${day ?? ''}`, `${name}\n`, `${name}\ndays`].map((key) => known.get(key));
  known.set(`${name}\n${day ?? ''}`, same ?? at);
  if (day !== undefined) known.set(`${name}\ndays`, days ?? at);
  if (same !== undefined)
    return `${video} has a count ${day ? `of ${day}` : 'without a day'} from ${source} already here.`;
  if ((day === undefined ? days : whole) === undefined) return undefined;
  return `${video} has counts from ${source} here both with and without a day: they would count twice.`;
}

async function findConflicts(
  tx: Transaction,
  balances: NewBalance[],
  videos: Map<string, FoundVideo>,
): Promise<Conflict[]> {
  return tx<Conflict[]>`
    select distinct on (g.at) g.at::float8 as at, b.day::text as day, b.entry::float8 as entry,
      (b.entered_at at time zone 'UTC')::date::text as "enteredOn", ${authorText(tx, 'entered_by')} as "enteredBy"
    from unnest(
      ${balances.map((_, at) => at)}::int[],
      ${balances.map(({ video }) => videos.get(video)?.id ?? null)}::bigint[],
      ${balances.map(({ source }) => source)}::text[],
      ${balances.map(({ day }) => day ?? null)}::text[]
    ) g(at, video_id, source, day)
      join opening_balances b on b.video_id = g.video_id and b.reversed_at is null
        and lower(b.source collate "und-x-icu") = lower(g.source collate "und-x-icu")
        and (b.day is null or g.day is null or b.day = g.day::date)
    order by g.at, b.id`;
}

function conflictText({ day, entry, enteredOn, enteredBy }: Conflict, given: NewBalance | undefined): string {
  const entered = `entered on ${enteredOn} by ${enteredBy} (entry ${entry})`;
  const isSame = (given?.day ?? null) === day;
  if (isSame) return `Already ${entered}: reverse that first.`;
  const what = day === null ? 'All the time before Boxoffice' : 'A count by the day';
  return `${what} is ${entered} from ${given?.source}, so this would count twice: reverse that first.`;
}
