// What cuts days and months. One zone does for the whole installation; where it was changed after the log of old days had gone, those
// stay as the zone before had cut them, and one instant parts the two.
import type { Fragment, Sql, Transaction } from './client.ts';
import type { EarlierZone } from './schema.ts';

/** The name of a zone; or, where it was changed and not every day could be cut anew, also what cut the days before. */
export type ReportingZone = string | { timeZone: string; earlier: EarlierZone[] };

export type ZoneChange = {
  from: ReportingZone;
  to: ReportingZone;
  /** Views from this instant on are of days of the new zone; null: all of them. */
  cutAt: string | null;
  now: Date;
};

/** The zone that cuts the days of now. */
export function nameOf(zone: ReportingZone): string {
  return typeof zone === 'string' ? zone : zone.timeZone;
}

/** The zone after a change to `timeZone` from `cutAt` on. */
export function changedZone(zone: ReportingZone, timeZone: string, cutAt: string | null): ReportingZone {
  if (cutAt === null) return timeZone;
  const before = earlierOf(zone).filter(({ until }) => until < cutAt);
  // The one that cut at the instant does so up to it.
  const last = earlierOf(zone)[before.length]?.timeZone ?? nameOf(zone);
  const earlier = [...before, { timeZone: last, until: cutAt }];
  // Where the zone is what it was before, nothing parts them any more.
  while (earlier.at(-1)?.timeZone === timeZone) earlier.pop();
  return earlier.length === 0 ? timeZone : { timeZone, earlier };
}

/** The name of the zone that cuts the day of the instant `at`, as SQL. */
export function zoneAt(sql: Sql | Transaction, zone: ReportingZone, at: Fragment): Fragment {
  if (typeof zone === 'string') return sql`${zone}::text`;
  const names = [...zone.earlier, zone].map(({ timeZone }) => timeZone);
  const cuts = zone.earlier.map(({ until }) => until);
  return sql`(${names}::text[])[1 + width_bucket(${at}, ${cuts}::text[]::timestamptz[])]`;
}

/** Reads the zone as it is stored; a database that was not migrated yet has no earlier ones. */
export async function readZone(sql: Sql | Transaction): Promise<ReportingZone> {
  const [stored] = await sql<[{ zone: string }]>`select ${storedZone(sql)} as zone`;
  return parseZone(stored.zone);
}

/** The stored zone as one text, to be read along with something else, and parsed by parseZone. */
export function storedZone(sql: Sql | Transaction): Fragment {
  return sql`(
    select jsonb_build_array(i.time_zone, coalesce(to_jsonb(i) -> 'earlier_zones', '[]'))::text from installation i)`;
}

export function parseZone(text: string): ReportingZone {
  const [timeZone, earlier] = JSON.parse(text) as [string, EarlierZone[]];
  return earlier.length === 0 ? timeZone : { timeZone, earlier };
}

export function isSameZone(one: ReportingZone, other: ReportingZone): boolean {
  const written = (zone: ReportingZone) =>
    JSON.stringify([nameOf(zone), earlierOf(zone).map(({ timeZone, until }) => [timeZone, until])]);
  return written(one) === written(other);
}

/** Throws unless days are cut by `known`: a process that started before a change would write into days that are no more. */
export function refuseOtherZone(known: ReportingZone, stored: ReportingZone): void {
  if (isSameZone(known, stored)) return;
  throw new Error(`The reporting zone was changed to ${nameOf(stored)}: restart the server.`);
}

/** Stores a change, in the transaction that moves the counts. */
export async function storeZone(tx: Transaction, { from, to, cutAt, now }: ZoneChange): Promise<void> {
  const stored = await tx`
    update installation set time_zone = ${nameOf(to)}, earlier_zones = ${JSON.stringify(earlierOf(to))}::text::jsonb
    where time_zone = ${nameOf(from)}`;
  if (stored.count !== 1) throw new Error(`The reporting zone is not ${nameOf(from)} any more.`);
  await tx`
    insert into zone_changes (from_zone, to_zone, cut_at, changed_at)
    values (${nameOf(from)}, ${nameOf(to)}, ${cutAt}::text::timestamptz, ${now.toISOString()}::text::timestamptz)`;
}

export function earlierOf(zone: ReportingZone): EarlierZone[] {
  return typeof zone === 'string' ? [] : zone.earlier;
}
