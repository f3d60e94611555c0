import { counted } from './number-text.ts';

const width = 112;
const height = 24;

/** A line without axes: the shape of `counts`, a day each, oldest first, scaled to their peak. Today is dotted. */
export function Sparkline({ counts }: { counts: number[] }) {
  const sum = counts.reduce((total, count) => total + count, 0);
  const peak = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length - 1);
  const points = counts.map(
    (count, day) => `${(day * step).toFixed(1)},${(height - 2 - (count / peak) * (height - 4)).toFixed(1)}`,
  );
  // The last day has only begun: a solid line would show a fall that is none.
  const whole = points.slice(0, -1).join(' ');
  return (
    <svg
      role="img"
      aria-label={`${counted(sum, 'person', 'people')} in ${counts.length} days`}
      viewBox={`0 0 ${width} ${height}`}
      className="h-6 w-28"
    >
      <polygon points={`0,${height} ${whole} ${width - step},${height}`} className="fill-people-soft" />
      <g fill="none" strokeWidth="1.5" strokeLinejoin="round" className="stroke-people">
        <polyline points={whole} />
        <polyline points={points.slice(-2).join(' ')} strokeDasharray="1.5 2" />
      </g>
    </svg>
  );
}
