import { writeCell } from '#csv-cell.ts';
import type { Breakdown } from './breakdown.ts';

/** A breakdown as CSV, the rest and what is unknown named. No cell is a formula. */
export async function* writeBreakdown({ rows, others }: Breakdown, nameOf: (value: string) => string) {
  yield 'value,people,bot_views,people_before\r\n';
  const lines = [...rows.map((row) => ({ ...row, name: nameOf(row.value) })), { ...others, name: '(other)' }];
  yield lines
    .filter(({ people, botViews }) => people + botViews > 0)
    .map(
      ({ name, people, botViews, peopleBefore }) =>
        `${[name, people, botViews, peopleBefore ?? ''].map((cell) => writeCell(String(cell))).join(',')}\r\n`,
    )
    .join('');
}
