/** What is wrong with a form as a whole, above its fields. */
export function FormProblem({ children }: { children: string | undefined }) {
  if (!children) return null;
  return (
    <p role="alert" className="rounded border border-wrong bg-wrong-soft px-3 py-2 text-wrong">
      {children}
    </p>
  );
}
