// Instants and dates in words, in the reporting zone. Plain dates (YYYY-MM-DD) have no zone and are read as UTC.
const styles = {
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  hourOfDay: { weekday: 'short', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  shortDay: { month: 'short', day: 'numeric' },
  day: { month: 'short', day: 'numeric', year: 'numeric' },
  weekday: { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' },
  shortMonth: { month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type TimeStyle = keyof typeof styles;

// Making a formatter costs some 50 us, using one under 1.
const formatters = new Map<string, Intl.DateTimeFormat>();

export function instantText(instant: string | Date, style: TimeStyle, timeZone: string): string {
  const key = `${style} ${timeZone}`;
  const known = formatters.get(key);
  const formatter = known ?? new Intl.DateTimeFormat('en', { ...styles[style], timeZone });
  if (!known) formatters.set(key, formatter);
  return formatter.format(new Date(instant));
}

export function dateText(date: string, style: TimeStyle): string {
  return instantText(`${date}T00:00:00Z`, style, 'UTC');
}
