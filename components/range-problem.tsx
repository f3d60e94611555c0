/** What is wrong with the address, such as its range, and what is shown instead. */
export function RangeProblem({ problem }: { problem: string | undefined }) {
  if (!problem) return null;
  return (
    <p role="alert" className="mb-3 rounded bg-late-soft px-2 text-late">
      {problem}
    </p>
  );
}
