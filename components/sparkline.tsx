import { counted } from './number-text.ts';

const width = 112;
const height = 24;

/** A line without axes: the shape of `counts`, oldest first, scaled to its own peak. */
export function Sparkline({ counts, days }: { counts: number[]; days: number }) {
  const sum = counts.reduce((total, count) => total + count, 0);
  const peak = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length - 1);
  const y = (count: number) => (height - 2 - (count / peak) * (height - 4)).toFixed(1);
  const line = counts.map((count, index) => `${(index * step).toFixed(1)},${y(count)}`).join(' ');
  return (
    <svg
      role="img"
      aria-label={`${counted(sum, 'person', 'people')} in ${days} days`}
      viewBox={`0 0 ${width} ${height}`}
      className="h-6 w-28"
    >
      <polygon points={`0,${height} ${line} ${width},${height}`} className="fill-people-soft" />
      <polyline points={line} fill="none" strokeWidth="1.5" strokeLinejoin="round" className="stroke-people" />
    </svg>
  );
}
