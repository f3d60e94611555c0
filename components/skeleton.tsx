/** Holds the place of content that is being read, at its final height: classes such as `h-[40rem] lg:h-80`. */
export function Skeleton({ height }: { height: string }) {
  return (
    <div role="status" className={`rounded bg-hover motion-safe:animate-pulse ${height}`}>
      <span className="sr-only">Loading</span>
    </div>
  );
}
