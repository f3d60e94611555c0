// The address of a number's explanation: whose number it is, the grain it was read from, and its time. Pure.
import { isoSeconds } from './calendar.ts';

/** By their public names; neither is all channels together. */
export type FigureOwner = { video?: string; channel?: string };

/** Half-open: instants (ISO, Z) for minutes and hours, dates of the reporting zone for days and months. */
export type FigureTime =
  | { unit: 'minute'; from: string; to: string }
  | { unit: 'hour' | 'day'; from: string; to: string }
  /** One month of all time; without dates all of them. */
  | { unit: 'month'; from?: string; to?: string }
  | { unit: 'total' };

export type ExplainedFigure = { owner: FigureOwner; time: FigureTime };

export function explainAddress({ video, channel }: FigureOwner, time: FigureTime): string {
  const params = new URLSearchParams();
  if (video) params.set('video', video);
  if (channel) params.set('channel', channel);
  params.set('unit', time.unit);
  if (time.unit !== 'total' && time.from && time.to) {
    params.set('from', time.from);
    params.set('to', time.to);
  }
  return `/explain?${params}`;
}

/** The time of the sliding hour, out of its minutes. */
export function timeOfMinutes(minutes: { minute: string }[]): FigureTime {
  const [first, last] = [minutes[0], minutes.at(-1)];
  if (!first || !last) throw new Error('An hour without minutes has no time.');
  return { unit: 'minute', from: first.minute, to: isoSeconds(Date.parse(last.minute) + 60_000) };
}
