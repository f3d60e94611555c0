import { byteText } from '#components/byte-text.ts';
import { exact } from '#components/number-text.ts';
import { ScrollArea } from '#components/scroll-area.tsx';
import { instantText } from '#components/time-text.ts';
import type { Receipt } from '#reports/retention.ts';

export function ReceiptTable({ receipts, timeZone }: { receipts: Receipt[]; timeZone: string }) {
  return (
    <ScrollArea name="Last archived and dropped">
      <table className="w-full text-right [&_tbody_td]:py-1 [&_td]:px-2 [&_th]:px-2">
        <caption className="pb-2 text-left font-semibold">Last archived and dropped</caption>
        <thead className="text-muted text-xs [&_th]:font-normal">
          <tr>
            <th scope="col" className="text-left">
              When
            </th>
            <th scope="col" className="text-left">
              What
            </th>
            <th scope="col">Rows</th>
            <th scope="col">Size</th>
            <th scope="col" className="text-left">
              File
            </th>
          </tr>
        </thead>
        <tbody>
          {receipts.map(({ partition, from, rows, bytes, fileName, at, isRestored }) => (
            <tr key={`${partition} ${from} ${at}`} className="border-rule border-t">
              <td className="whitespace-nowrap text-left text-muted">
                {instantText(at, 'day', timeZone)}, {instantText(at, 'minute', timeZone)}
              </td>
              <th scope="row" className="py-1 text-left font-normal">
                {partition === 'view log' ? `view log of ${from}` : partition}
                {isRestored && <span className="text-muted">, restored</span>}
              </th>
              <td>{exact(rows)}</td>
              <td>{bytes === null ? '' : byteText(bytes)}</td>
              <td className="text-left text-muted">{fileName}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
