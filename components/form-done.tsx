/** What a form did, told beside its button; screen readers hear it. */
export function FormDone({ children }: { children: string | undefined }) {
  return (
    <p role="status" className="text-people">
      {children}
    </p>
  );
}
