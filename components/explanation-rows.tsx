import Link from 'next/link';
import type { LogRow } from '#reports/explain-rows.ts';
import type { Span } from '#reports/explain-span.ts';
import { botWords } from './bot-words.ts';
import { instantText } from './time-text.ts';

type Props = {
  rows: LogRow[];
  /** Then its title is not repeated. */
  isOfOneVideo: boolean;
  window: Span;
  timeZone: string;
};

/** Views as the log has them, but for who watched. Each id leads to the view's receipt. */
export function ExplanationRows({ rows, isOfOneVideo, window, timeZone }: Props) {
  const isOneDate =
    instantText(window.from, 'day', timeZone) === instantText(new Date(Date.parse(window.to) - 1), 'day', timeZone);
  return (
    <table className="w-full text-left text-xs leading-5 [&_td]:px-2 [&_td]:py-1.5 [&_th]:px-2 [&_tr]:align-top">
      <caption className="sr-only">Rows of the log</caption>
      <thead className="text-muted">
        <tr>
          <th scope="col" className="font-normal">
            Started
          </th>
          <th scope="col" className="w-full font-normal">
            View
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.id} ${row.video}`} className="border-rule border-t">
            <td className="whitespace-nowrap">
              <time dateTime={row.viewedAt} title={row.viewedAt}>
                {!isOneDate && (
                  <span className="block text-muted">{instantText(row.viewedAt, 'shortDay', timeZone)}</span>
                )}
                {instantText(row.viewedAt, 'second', timeZone)}
              </time>
            </td>
            <td>
              {!isOfOneVideo && <span className="block text-sm">{row.title}</span>}
              <Link
                href={`/receipts/${row.id}`}
                prefetch={false}
                className="break-all font-mono underline decoration-rule underline-offset-4 hover:decoration-ink"
              >
                {row.id}
              </Link>
              <span className="block text-muted">
                <Verdict row={row} /> · {factsOf(row)}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** That which holds now, and where that was changed, why, and what it was recorded as. */
function Verdict({ row: { bot, isBot, changedFor } }: { row: LogRow }) {
  if (changedFor === null) {
    return bot === null ? 'person' : <strong className="font-medium text-ink">bot: {botWords(bot)}</strong>;
  }
  return (
    <>
      <strong className="font-medium text-ink">
        {isBot ? 'bot' : 'person'}: {isBot ? 'set aside' : 'released'} ({changedFor})
      </strong>
      , recorded as a {bot === null ? 'person' : `bot: ${botWords(bot)}`}
    </>
  );
}

function factsOf({ device, browser, os, country, site, isMuted, lane, batch }: LogRow): string {
  const facts = [
    device,
    [browser, os].filter(Boolean).join(' on ') || null,
    country,
    site && `on ${site}`,
    isMuted ? 'muted' : 'with sound',
    `batch ${batch} of lane ${lane}`,
  ];
  return facts.filter((fact) => fact !== null && fact !== '').join(' · ');
}
