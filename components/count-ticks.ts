const mostTicks = 5;

/** Round ticks from zero that cover `highest`: whole steps of 1, 2 or 5 times a power of ten, five ticks at most. */
export function countTicks(highest: number): number[] {
  const least = Math.max(1, highest / (mostTicks - 1));
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= least) ?? least;
  const steps = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: steps + 1 }, (_, i) => i * step);
}
