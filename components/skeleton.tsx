/** Holds the place of content that is being read, at its final height. */
export function Skeleton({ height }: { height: string }) {
  return (
    <div role="status" className="motion-safe:animate-pulse rounded bg-hover" style={{ height }}>
      <span className="sr-only">Loading</span>
    </div>
  );
}
