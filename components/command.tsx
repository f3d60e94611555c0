/** A command to type on the server's machine. A line ends before an option, never within `-- FILE`. */
export function Command({ children }: { children: string }) {
  const [first = '', ...options] = children.split(/(?<!--) (?=--)/);
  return (
    <code className="font-mono text-[0.93em]">
      <span className="whitespace-nowrap">{first}</span>
      {options.map((option) => (
        <span key={option}>
          {' '}
          <span className="whitespace-nowrap">{option}</span>
        </span>
      ))}
    </code>
  );
}
