const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** `812 bytes`, `4.2 MB`: three digits at most, in powers of a thousand. */
export function byteText(bytes: number): string {
  const power = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)}\u00a0${units[power]}`;
}
