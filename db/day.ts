// Days as the database writes them: YYYY-MM-DD.

export const dayMs = 86_400_000;

/** The UTC day of an instant. */
export function utcDay(at: Date | number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The day that lies `days` after `day`, or before it if negative. */
export function shiftDay(day: string, days: number): string {
  return utcDay(Date.parse(day) + days * dayMs);
}

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text)) && shiftDay(text, 0) === text;
}
