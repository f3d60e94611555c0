// How many people watch each video at any hour: launches that fade, second waves, a long tail, days and weeks.
import { tzOffset } from '@date-fns/tz';
import { channels, type DemoVideo, historyDays, hitKey, hitViews, otherViews, videos, type Wave } from './catalogue.ts';
import { seededRandom } from './random.ts';

export const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
// Word of a new video takes this long to reach half of those it reaches.
const riseDays = 0.35;

export type Audience = {
  /** The hour (milliseconds) in which the history begins. */
  firstHour: number;
  /** The views to expect of a video in the hour from `hour` (milliseconds) on. */
  viewsIn(video: DemoVideo, hour: number): number;
};

/**
 * The audience of an installation that was started at `startedAt` (milliseconds): up to then 150,000 views of the hit
 * and 250,000 of all others together, and the same curves go on after it.
 */
export function openAudience(startedAt: number, timeZone: string): Audience {
  const firstHour = Math.floor(startedAt / hourMs) * hourMs - historyDays * dayMs;
  const rhythm = rhythmOf(timeZone);
  const mood = openMoods();
  const interest = (video: DemoVideo, hour: number) => {
    const age = (hour + hourMs / 2 - startedAt) / dayMs + video.publishedDaysAgo;
    const perDay = video.waves.reduce((sum, wave) => sum + heightOf(wave, age), 0);
    return perDay === 0 ? 0 : (perDay / 24) * rhythm(video.channel, hour) * mood(video, hour);
  };
  const interestUntilNow = (video: DemoVideo) => {
    let sum = 0;
    for (let hour = firstHour; hour < startedAt; hour += hourMs) {
      sum += interest(video, hour) * Math.min(1, (startedAt - hour) / hourMs);
    }
    return sum;
  };
  const sums = new Map(videos.map((video) => [video, interestUntilNow(video)]));
  const all = [...sums.values()].reduce((sum, one) => sum + one, 0);
  const hit = [...sums].find(([{ key }]) => key === hitKey)?.[1] ?? 0;
  const scaleOf = ({ key }: DemoVideo) => (key === hitKey ? hitViews / hit : otherViews / (all - hit));
  return { firstHour, viewsIn: (video, hour) => interest(video, hour) * scaleOf(video) };
}

/** Views a day. */
function heightOf({ afterDays, views, halfLifeDays }: Wave, age: number): number {
  const days = age - afterDays;
  if (days <= 0) return 0;
  return ((views * Math.LN2) / halfLifeDays) * 2 ** (-days / halfLifeDays) * (1 - 2 ** (-days / riseDays));
}

/** Against an average of 1; by the clock on the wall. */
function rhythmOf(timeZone: string): (handle: string, hour: number) => number {
  const byChannel = new Map(
    channels.map(({ handle, hours, weekdays }) => {
      const mean = hours.reduce((sum, value) => sum + value, 0) / 24;
      return [handle, { hours: hours.map((value) => value / mean), weekdays }];
    }),
  );
  const walls = new Map<number, Date>();
  return (handle, hour) => {
    const wall = walls.get(hour) ?? new Date(hour + tzOffset(timeZone, new Date(hour)) * 60_000);
    walls.set(hour, wall);
    const channel = byChannel.get(handle);
    return (channel?.hours[wall.getUTCHours()] ?? 1) * (channel?.weekdays[wall.getUTCDay()] ?? 1);
  };
}

/** No day is quite like the one before. */
function openMoods(): (video: DemoVideo, hour: number) => number {
  const moods = new Map<string, number>();
  return ({ key }, hour) => {
    const day = `${key} ${Math.floor(hour / dayMs)}`;
    const mood = moods.get(day) ?? 0.75 + 0.5 * seededRandom(day)();
    moods.set(day, mood);
    return mood;
  };
}
