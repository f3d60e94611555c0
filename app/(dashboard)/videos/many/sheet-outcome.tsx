import type { ReactNode } from 'react';
import type { ShownPlan } from './sheet-state.ts';

/** What a sheet would do, line by line, or did; what is wrong with it comes first. */
export function SheetOutcome({ plan: { sum, bad, lines }, children }: { plan: ShownPlan; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 border-rule border-t pt-4">
      <p className="font-medium">{sum}</p>
      {bad.length > 0 && <Lines caption="What is wrong" lines={bad} isWrong />}
      {lines.length > 0 && <Lines caption="What would happen" lines={lines} />}
      {children}
    </div>
  );
}

type LinesProps = { caption: string; lines: ShownPlan['lines']; isWrong?: boolean };

function Lines({ caption, lines, isWrong = false }: LinesProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section aria-label={caption} tabIndex={0} className="relative max-h-96 overflow-auto">
      <table className="w-full [&_td]:px-2 [&_td]:py-1 [&_th]:px-2 [&_th]:py-1">
        <caption className="pb-1 text-left font-semibold">{caption}</caption>
        <thead className="text-muted text-xs [&_th]:font-normal">
          <tr>
            <th scope="col" className="w-16 text-right">
              Line
            </th>
            <th scope="col" className="text-left">
              {caption}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ line, text }) => (
            <tr key={line} className="border-rule border-t align-top">
              <th scope="row" className="text-right font-normal text-muted">
                {line}
              </th>
              <td className={`wrap-anywhere ${isWrong ? 'text-wrong' : ''}`}>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
