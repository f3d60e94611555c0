import type { Db, Reader } from '#db/client.ts';
import { hourBefore } from './hour-before.ts';
import { type LastHour, lastHour } from './last-hour.ts';
import { lifetime } from './lifetime.ts';
import { type Opening, openingOf } from './opening.ts';
import { inSnapshot } from './snapshot.ts';
import type { Counts, Subject } from './subject.ts';
import { type TodayAgainstYesterday, todayAgainstYesterday } from './today.ts';

/** All that moves while a page about an audience is looked at, as of one moment. */
export type AudienceNow = LastHour & {
  /** The moment, ISO. */
  readAt: string;
  hourBefore: Counts;
  today: TodayAgainstYesterday;
  lifetime: Counts;
  /** What other products had counted before; in no other figure. */
  opening: Opening;
};

/** What a subject's page shows of now, out of one snapshot. */
export function audienceNow(db: Db, subject: Subject, now: Date, timeZone: string): Promise<AudienceNow> {
  return inSnapshot(db, (snapshot) => audienceOf(snapshot, subject, now, timeZone));
}

export async function audienceOf(db: Reader, subject: Subject, now: Date, timeZone: string): Promise<AudienceNow> {
  const [hour, before, today, ever, opening] = await Promise.all([
    lastHour(db, subject, now),
    hourBefore(db, subject, now),
    todayAgainstYesterday(db, subject, now, timeZone),
    lifetime(db, subject),
    openingOf(db, subject),
  ]);
  return { readAt: now.toISOString(), ...hour, hourBefore: before, today, lifetime: ever, opening };
}
