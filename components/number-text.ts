// Figures in words. One locale, so that server and browser always agree.
const whole = new Intl.NumberFormat('en');
const oneDecimal = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export function exact(count: number): string {
  return whole.format(count);
}

export function counted(count: number, one: string, many: string): string {
  return `${exact(count)} ${count === 1 ? one : many}`;
}

/** `3 counts of 2 videos`. */
export function countsText(counts: number, videos: number): string {
  return `${counted(counts, 'count', 'counts')} of ${counted(videos, 'video', 'videos')}`;
}

/** `12 %`, `2.3 %`, `< 0.1 %`, never broken over two lines; one decimal below ten. The caller names the base. */
export function percent(part: number, base: number): string {
  if (base === 0 || part === 0) return '0\u00a0%';
  const share = (part / base) * 100;
  if (share < 0.1) return '<\u00a00.1\u00a0%';
  return `${share < 10 ? oneDecimal.format(share) : whole.format(Math.round(share))}\u00a0%`;
}

/** The change from `before` to `now`, signed; undefined when there is nothing to compare with. */
export function change(now: number, before: number): string | undefined {
  if (before === 0) return undefined;
  if (now === before) return '±0\u00a0%';
  return `${now > before ? '+' : '−'}${percent(Math.abs(now - before), before)}`;
}
