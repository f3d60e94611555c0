// The number itself, read by the report that the dashboards read it by.
import type { Reader } from '#db/client.ts';
import { dateAt, startOfMonth } from './calendar.ts';
import type { FigureTime } from './explain-address.ts';
import { lastHour } from './last-hour.ts';
import { lifetime } from './lifetime.ts';
import { beginning } from './range.ts';
import type { Counts, Subject } from './subject.ts';
import { viewsOverTime } from './views-over-time.ts';

export async function figureCounts(
  db: Reader,
  subject: Subject,
  time: FigureTime,
  now: Date,
  timeZone: string,
): Promise<Counts> {
  switch (time.unit) {
    case 'total':
      return lifetime(db, subject);
    case 'minute': {
      const { minutes } = await lastHour(db, subject, new Date(Date.parse(time.to) - 60_000));
      return sum(minutes.filter(({ minute }) => minute >= time.from));
    }
    case 'month': {
      const allTime = { unit: 'month', from: beginning, to: startOfMonth(dateAt(now, timeZone), 1) } as const;
      const { points } = await viewsOverTime(db, subject, allTime, now, timeZone);
      return sum(points.filter(({ start }) => !time.from || start === time.from));
    }
    default: {
      const { views, botViews } = await viewsOverTime(db, subject, time, now, timeZone);
      return { views, botViews };
    }
  }
}

function sum(counts: Counts[]): Counts {
  return counts.reduce(
    (total, { views, botViews }) => ({ views: total.views + views, botViews: total.botViews + botViews }),
    { views: 0, botViews: 0 },
  );
}
