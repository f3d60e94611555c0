// A viewer without a device id is a hash of address and browser with a secret that lives for two days:
// unique per day only, and nobody can find the address again once the secret is gone.
import { hash, randomBytes } from 'node:crypto';
import type { Sql } from '#db/client.ts';
import { dayMs, utcDay } from '#db/day.ts';
import { withDeadline } from '#db/deadline.ts';

const keptDays = 2;
const deadlineMs = 5_000;

export type DailySalts = {
  /** The secret of the UTC day of `now` (milliseconds); shared by all processes through the database. */
  saltFor(now: number): Promise<string>;
};

export function openDailySalts(sql: Sql): DailySalts {
  let current: { dayNumber: number; salt: Promise<string> } | undefined;
  return {
    saltFor(now) {
      const dayNumber = Math.floor(now / dayMs);
      if (current?.dayNumber === dayNumber) return current.salt;
      const salt = withDeadline(fetchSalt(sql, utcDay(now)), deadlineMs);
      current = { dayNumber, salt };
      // A failure is asked again by the next view instead of being remembered.
      salt.catch(() => {
        current = undefined;
      });
      return salt;
    },
  };
}

/** A UUID of version 8 made from the salted hash, so that it can never equal a device's. */
export function anonymousViewer(salt: string, address: string, userAgent: string): string {
  const hex = hash('sha256', `${salt}\n${address}\n${userAgent}`, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

async function fetchSalt(sql: Sql, day: string): Promise<string> {
  await sql`delete from viewer_salts where day < ${day}::date - ${keptDays}::int`;
  await sql`insert into viewer_salts (day, salt) values (${day}::date, ${randomBytes(32).toString('hex')}) on conflict do nothing`;
  const [row] = await sql<[{ salt: string }]>`select salt from viewer_salts where day = ${day}::date`;
  return row.salt;
}
